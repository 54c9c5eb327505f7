import { expect } from 'vitest';
import { freshAddress, type RawAnswer, raw } from '../support/raw.ts';
import { server } from '../support/server.ts';

/** Makes a request look as if it came through a proxy, so that this machine is no exemption. */
export const notLocal = { 'x-forwarded-for': '192.0.2.7' };

export const api = '/pbxcore/api';
const formType = 'application/x-www-form-urlencoded';

export interface Envelope {
  readonly jsonapi: { readonly version: string };
  readonly result: boolean;
  readonly data: unknown;
  readonly messages: unknown;
  readonly function: string;
  readonly processor: string;
  readonly pid: number;
  readonly meta: { readonly timestamp: string; readonly hash: string };
}

export const right = { login: 'admin', password: server.adminPassword };

/** Signs in with a form. */
export const signIn = (
  fields: Readonly<Record<string, string>>,
  {
    headers = { 'x-requested-with': 'XMLHttpRequest' },
    from = freshAddress(),
  }: { readonly headers?: Readonly<Record<string, string>>; readonly from?: string } = {},
): Promise<RawAnswer> =>
  raw('POST', '/admin-cabinet/session/start', {
    from,
    headers: { 'content-type': formType, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

export const cookiesOf = ({ headers }: RawAnswer): readonly string[] => headers['set-cookie'] ?? [];

/** `name=value` of a cookie that was set. */
export function cookie(answer: RawAnswer, name: string): string {
  const found = cookiesOf(answer).find((one) => one.startsWith(`${name}=`));
  if (!found) throw new Error(`no cookie ${name} in ${cookiesOf(answer).join()}`);
  return found.split(';')[0] ?? '';
}

/** The headers of a client that has signed in. */
export const signedIn = async (): Promise<Readonly<Record<string, string>>> => ({
  ...notLocal,
  cookie: cookie(await signIn(right), 'PHPSESSID'),
});

/** What a refusal looks like. */
export function expectRefusal(answer: RawAnswer, status: number, text: string): void {
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.json as object)).toEqual(['jsonapi', 'result', 'errors', 'meta']);
  expect(answer.json).toMatchObject({
    jsonapi: { version: '1.0' },
    result: false,
    errors: [text],
  });
  expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
}
