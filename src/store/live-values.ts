/** Fields that hold an instant, wherever they stand in a stored value. */
const instants = new Set([
  'startedAt',
  'endedAt',
  'ringingAt',
  'answeredAt',
  'createdAt',
  'expiresAt',
  'at',
  'talkedAt',
  'cameAt',
  'joinedAt',
  'endsAt',
  'since',
]);

/** Fields that hold somebody else’s JSON, as it was. */
const untouched = new Set(['run', 'instructions', 'tag', 'notes', 'words', 'question', 'wish']);

const reviveField = (key: string, value: unknown): unknown => {
  if (instants.has(key) && typeof value === 'string') return new Date(value);
  if (Array.isArray(value)) return value.map((item) => reviveField('', item));
  if (value !== null && typeof value === 'object') return revive(value);
  return value;
};

/** A stored JSON value as it was: instants are dates again. Programs keep theirs as texts below `run`. */
export const revive = <Value>(stored: object): Value =>
  Object.fromEntries(
    Object.entries(stored).map(([key, value]) => [
      key,
      untouched.has(key) ? value : reviveField(key, value),
    ]),
  ) as Value;
