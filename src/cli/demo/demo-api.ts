import { requestRefused } from './demo-errors.ts';
import { cutTo, shortJson, withShortIds } from './shorten.ts';
import type { ApiName, Transcript } from './transcript.ts';

export interface Asking {
  readonly body?: unknown;
  /** What is shown of the answer; all of it if absent. */
  readonly show?: (answer: never) => unknown;
}

/** One API of the exchange, as a client sees it. What is asked and answered is written down. */
export interface DemoApi {
  /** @throws {DomainError} `demo.request_refused` if the answer is no success */
  ask<Answer>(method: string, path: string, asking?: Asking): Promise<Answer>;
}

/** Milliseconds that an answer may take. */
const limitMs = 8_000;
const mostShown = 300;

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param headers - what authenticates the client, if anything */
export function createDemoApi(options: {
  readonly name: ApiName;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly transcript: Transcript;
}): DemoApi {
  const { name, url, headers, transcript } = options;
  return {
    async ask<Answer>(method: string, path: string, { body, show }: Asking = {}) {
      const request = `${method} ${path}`;
      transcript.asked(name, withShortIds(`${request} ${shortJson(body)}`.trimEnd()));
      const answer = await fetch(new URL(path, url), {
        method,
        signal: AbortSignal.timeout(limitMs),
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const value = parsed(text);
      const shown = answer.ok && show ? show(value as never) : value;
      transcript.answered(name, answer.status, shortJson(shown));
      if (!answer.ok) throw requestRefused(name, request, answer.status, cutTo(text, mostShown));
      return value as Answer;
    },
  };
}
