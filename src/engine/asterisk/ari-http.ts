import { Pool } from 'undici';
import { engineRefused, engineUnavailable, legGone } from '../port/index.ts';
import { appName, type EngineAccess } from './options.ts';

/** Milliseconds that any command may take. */
const commandLimitMs = 5_000;

/** How many commands may be under way at once. */
const connections = 32;

export interface AriRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/ari`, each part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Statuses that mean: it is as was asked for. */
  readonly alreadyDone?: readonly number[];
  /** How errors name the command. */
  readonly command: string;
}

export interface AriHttp {
  /** The answer's JSON; `undefined` where there is none or it was done already. */
  send<T = unknown>(request: AriRequest): Promise<T | undefined>;
  /** From now on commands fail at once, and those under way too. */
  close(): Promise<void>;
}

const queryOf = (query: AriRequest['query']): string => {
  const parts = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  return parts.length > 0 ? `?${new URLSearchParams(parts)}` : '';
};

/** Makes part of a path from an id. */
export const part = (id: string): string => encodeURIComponent(id);

/** What a refusal means. @see Asterisk 22 ARI, error responses of each operation */
function refusal(request: AriRequest, status: number, text: string): Error {
  const channel = /^\/channels\/([^/]+)/.exec(request.path)?.[1];
  if (status === 404 && channel) return legGone(request.command, decodeURIComponent(channel));
  return engineRefused(request.command, status, new Error(text.slice(0, 200)));
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
    async send<T>(request: AriRequest) {
      const body = request.body === undefined ? null : JSON.stringify(request.body);
      const answer = await pool
        .request({
          method: request.method,
          path: `/ari${request.path}${queryOf(request.query)}`,
          headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
          body,
          signal: AbortSignal.timeout(commandLimitMs),
        })
        .catch((error: unknown) => {
          throw engineUnavailable(request.command, error);
        });
      const text = await answer.body.text().catch((error: unknown) => {
        throw engineUnavailable(request.command, error);
      });
      if (answer.statusCode < 300) return text ? (JSON.parse(text) as T) : undefined;
      if (request.alreadyDone?.includes(answer.statusCode)) return undefined;
      throw refusal(request, answer.statusCode, text);
    },
    close: () => pool.destroy(),
  };
}
