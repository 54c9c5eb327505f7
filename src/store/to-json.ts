/** How JSON writes what Postgres cannot store: NUL, and half a surrogate pair. */
const unstorable = /\\u0000|\\ud[89a-f]/i;

const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;

/**
 * A value as JSON that Postgres takes. Characters that it cannot hold are left out or replaced.
 * @see PostgreSQL 18, section 8.14
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return unstorable.test(json) ? JSON.stringify(value, storable) : json;
}
