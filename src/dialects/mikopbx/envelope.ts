import { createHash } from 'node:crypto';

/** What one action answers. */
export interface Answer {
  readonly result: boolean;
  readonly data: unknown;
  readonly messages: unknown;
  readonly function: string;
  readonly processor: string;
}

/** JSON as PHP writes it: slashes escaped, everything beyond ASCII as `\uXXXX`. */
export const phpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** `2022-01-25T08:23:02-03:00`, in a time zone. */
export function timestampIn(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
}

/**
 * The body of an answer and its `E-Tag`: the hash is SHA-1 over time stamp and payload.
 * @see reference MikoPBX, envelope; docs/contracts/mikopbx.md
 */
export function envelope(
  answer: Answer,
  at: string,
): { readonly body: string; readonly etag: string } {
  const payload = phpJson({
    result: answer.result,
    data: answer.data,
    messages: answer.messages,
    function: answer.function,
    processor: answer.processor,
    pid: process.pid,
  });
  const meta = phpJson({ timestamp: at, hash: sha1(at + payload) });
  return {
    body: `{"jsonapi":{"version":"1.0"},${payload.slice(1, -1)},"meta":${meta}}`,
    etag: sha1(payload),
  };
}

/** The body of a refusal. */
export const errorBody = (errors: readonly string[], at: string) => ({
  jsonapi: { version: '1.0' },
  result: false,
  errors,
  meta: { timestamp: at, hash: sha1(at + phpJson(errors)) },
});
