import type { Json } from '../../kernel/json.ts';
import type { HookRetry } from './hook-retry.ts';

/** Names of headers with their values. */
export type HookHeaders = Readonly<Record<string, string>>;

/** A request to an address that somebody outside gave. */
export interface HookRequest {
  /** Absolute, http or https. Credentials in it count unless `username` is given; its fragment is not sent. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Sent as Basic credentials if both are there. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /**
   * With POST the body; with GET flat query parameters behind those of the URL. Flat means: a list of plain
   * values is a parameter that repeats, anything deeper is its JSON, null is left out.
   */
  readonly payload: Json;
  /** How a POST is written: exactly what `JSON.stringify` gives, or a flat form. JSON if nothing is said. */
  readonly encoding?: 'json' | 'form' | undefined;
  /** Who asks, such as `jambonz`. */
  readonly userAgent: string;
  /** More headers, from code of ours: they are sent as they are, and win over the usual ones. */
  readonly headers?: HookHeaders | undefined;
  /** Headers that prove who sent this very body; asked again for every attempt. @param atSeconds - since 1970 */
  readonly sign?: ((body: string, atSeconds: number) => HookHeaders) | undefined;
  /** The same for every attempt and after a restart: sent as `Idempotency-Key`. */
  readonly idempotencyKey?: string | undefined;
  /** Milliseconds for a whole exchange: connect, send, and the last byte of the answer. 10,000 if nothing is said. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of an answer, packed and unpacked. 1,000,000 if nothing is said. */
  readonly maxBytes?: number | undefined;
  /** Statuses that are no failure: 200, 202, 204 if nothing is said. */
  readonly accepts?: readonly number[] | undefined;
  /** Whether the status is all that matters: then nothing else of the answer is a failure, or told. */
  readonly ignoresAnswer?: boolean | undefined;
  readonly retry?: HookRetry | undefined;
  /** Lets a server of somebody who asked for it prove itself with a certificate that nobody signed. */
  readonly allowSelfSigned?: boolean | undefined;
  /** Whoever waited does so no longer: the connection is let go. */
  readonly signal?: AbortSignal | undefined;
}

/** What was answered. */
export interface HookAnswer {
  readonly status: number;
  /** As the server wrote it; empty if it did not. */
  readonly contentType: string;
  /** What the JSON says; `undefined` if there is no body or it is not said to be JSON. */
  readonly body: Json | undefined;
  /** The body as it was written; empty if there is none. */
  readonly text: string;
}

/** Asks addresses that somebody outside gave. Only what may be reached is; redirects are not followed. */
export interface HookClient {
  /**
   * Resolves with an answer whose status is accepted. A failure that `retry` names is tried again after a wait.
   * @throws {DomainError} `hook.target_refused`, `hook.unreachable`, `hook.timed_out`, `hook.answered`,
   * `hook.malformed`, `hook.too_large`: of the last attempt
   * @throws the reason of `signal`, if that ended it
   */
  ask(request: HookRequest): Promise<HookAnswer>;
}
