import { inject } from 'vitest';
import { type Api, createApi } from '../../support/api.ts';
import { checkAnswer } from './openapi.ts';

/** The exchange of this run. Every answer that its clients get is held against its OpenAPI documents. */
export const server = inject('contractServer');

/** The short forms of a client, out of its long one. */
export function shortForms(send: Api['send'], bytes: Api['bytes']): Api {
  const good = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await send<Body>(method, path, body === undefined ? {} : { body });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    return answer.body;
  };
  return {
    send,
    bytes,
    get: (path) => good('GET', path),
    post: (path, body) => good('POST', path, body ?? {}),
    patch: (path, body) => good('PATCH', path, body ?? {}),
    put: (path, body) => good('PUT', path, body ?? {}),
    delete: (path) => good('DELETE', path),
  };
}

/** @param authorization - value of the header, or nothing for a stranger */
export function api(authorization?: string): Api {
  const plain = createApi(server.url, authorization);
  const send: Api['send'] = async (method, path, options) => {
    const answer = await plain.send(method, path, options);
    await checkAnswer(server.url, {
      method,
      path,
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? undefined,
      text: answer.text,
    });
    return answer as never;
  };
  return shortForms(send, plain.bytes);
}

export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

export const bearer = (token: string): string => `Bearer ${token}`;

export const stranger = api();
export const operator = api(bearer(server.adminToken));
/** An administrator of the demo account, and somebody who is none. */
export const alice = api(basic('alice@demo.invalid', 'polyvox-demo'));
export const bob = api(basic('bob@demo.invalid', 'polyvox-demo'));

/** What the server printed so far. */
export const printed = async (): Promise<string> => (await fetch(server.outputUrl)).text();
