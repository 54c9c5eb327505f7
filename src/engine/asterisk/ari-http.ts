import { Pool } from 'undici';
import { engineRefused, engineUnavailable, legGone } from '../port/index.ts';
import { type AnyAriRequest, type AriOperation, type AriRequest, lineOf } from './ari-request.ts';
import type { AriOperations } from './ari-types.generated.ts';
import { appName, type EngineAccess } from './options.ts';

/** Milliseconds that any command may take. */
const commandLimitMs = 5_000;

/** How many commands may be under way at once. */
const connections = 32;

export interface AriHttp {
  /** The answer's JSON; `undefined` where there is none or it was done already. */
  send<Operation extends AriOperation>(
    operation: Operation,
    request: AriRequest<Operation>,
  ): Promise<AriOperations[Operation]['response'] | undefined>;
  /** From now on commands fail at once, and those under way too. */
  close(): Promise<void>;
}

/** What a refusal means. @see Asterisk 22 ARI, error responses of each operation */
function refusal(command: string, path: string, status: number, text: string): Error {
  const channel = /^\/channels\/([^/?]+)/.exec(path)?.[1];
  if (status === 404 && channel) return legGone(command, decodeURIComponent(channel));
  return engineRefused(command, status, new Error(text.slice(0, 200)));
}

export function createAriHttp(access: EngineAccess): AriHttp {
  const pool = new Pool(`http://127.0.0.1:${access.httpPort}`, {
    connections,
    pipelining: 1,
    keepAliveTimeout: 20_000,
    headersTimeout: commandLimitMs,
    bodyTimeout: commandLimitMs,
  });
  const authorization = `Basic ${Buffer.from(`${appName}:${access.secret}`).toString('base64')}`;
  return {
    async send<Operation extends AriOperation>(
      operation: Operation,
      request: AriRequest<Operation>,
    ) {
      const { command, alreadyDone, body: content }: AnyAriRequest = request;
      const { method, path } = lineOf(operation, request);
      const body = content === undefined ? null : JSON.stringify(content);
      const answer = await pool
        .request({
          method,
          path: `/ari${path}`,
          headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
          body,
        })
        .catch((error: unknown) => {
          throw engineUnavailable(command, error);
        });
      const text = await answer.body.text().catch((error: unknown) => {
        throw engineUnavailable(command, error);
      });
      if (answer.statusCode < 300)
        return text ? (JSON.parse(text) as AriOperations[Operation]['response']) : undefined;
      if (alreadyDone?.includes(answer.statusCode)) return undefined;
      throw refusal(command, path, answer.statusCode, text);
    },
    close: () => pool.destroy(),
  };
}
