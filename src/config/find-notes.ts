import { nearestName } from './nearest-name.ts';
import type { Setting } from './setting.ts';

/** Variables that are not settings: marks of our own processes, switches of our tests. */
const isOurOwn = (name: string): boolean => /^POLYVOX_(STARTED|TEST)_/.test(name);

/**
 * What an operator should know about the environment although Polyvox starts: variables that have no effect
 * yet, and such that nobody reads.
 */
export function findNotes(
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly Setting<unknown>[],
): readonly string[] {
  const names = settings.map(({ name }) => name);
  const reserved = settings
    .filter((setting) => setting.reserved && env[setting.name])
    .map(({ name }) => `${name} is reserved for a later release and has no effect yet.`);
  const unknown = Object.keys(env)
    .filter((name) => name.startsWith('POLYVOX_') && !names.includes(name) && !isOurOwn(name))
    .map((name) => {
      const meant = nearestName(name, names);
      return `${name} is unknown and has no effect.${meant ? ` Was ${meant} meant?` : ''}`;
    });
  return [...reserved, ...unknown];
}
