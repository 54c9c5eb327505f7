import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { hookTimedOut, hookTooLarge } from '../../core/hooks/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { RawAnswer } from './read-answer.ts';
import { translateHookError } from './translate-hook-error.ts';

/** What bounds an exchange. */
export interface ExchangeBounds {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Called as soon as the status is known. */
  readonly onStatus: (status: number) => void;
}

const first = (value: string | readonly string[] | undefined): string => [value].flat()[0] ?? '';

/** One answer in the making. */
function createCollector(maxBytes: number) {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let head: Omit<RawAnswer, 'bytes'> = { status: 0, contentType: '', contentEncoding: '' };
  return {
    begin(status: number, headers: IncomingHttpHeaders): void {
      head = {
        status,
        contentType: first(headers['content-type']),
        contentEncoding: first(headers['content-encoding']),
      };
      if (Number(headers['content-length']) > maxBytes) throw hookTooLarge(maxBytes);
    },
    add(chunk: Buffer): void {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw hookTooLarge(maxBytes);
      chunks.push(chunk);
    },
    answer: (): RawAnswer => ({ ...head, bytes: Buffer.concat(chunks) }),
  };
}

/**
 * One request and its whole answer. Whatever ends it early also ends the connection that it runs on.
 * @throws {DomainError} `hook.target_refused`, `hook.unreachable`, `hook.timed_out`, `hook.malformed`,
 * `hook.too_large`
 * @throws the reason of the signal
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  bounds: ExchangeBounds,
): Promise<RawAnswer> {
  const { clock, timeoutMs, maxBytes, signal } = bounds;
  const collector = createCollector(maxBytes);
  return new Promise((resolve, reject) => {
    let running: Dispatcher.DispatchController | undefined;
    let failure: Error | undefined;

    const letGo = () => {
      forgetTimer();
      signal?.removeEventListener('abort', cancel);
    };
    const fail = (error: Error) => {
      if (failure) return;
      failure = error;
      letGo();
      running?.abort(error);
      reject(error);
    };
    const cancel = () => fail(signal?.reason as Error);
    const forgetTimer = clock.wakeAt(new Date(clock.now().getTime() + timeoutMs), () =>
      fail(hookTimedOut(running ? 'answer' : 'connect', timeoutMs)),
    );
    signal?.addEventListener('abort', cancel, { once: true });

    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        // Given up while it waited for a connection, which somebody else may have now.
        if (failure) throw failure;
        running = controller;
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return;
        bounds.onStatus(status);
        collector.begin(status, headers);
      },
      onResponseData: (_controller, chunk) => collector.add(chunk),
      onResponseEnd() {
        letGo();
        resolve(collector.answer());
      },
      onResponseError: (_controller, error) =>
        fail(translateHookError(error, running !== undefined)),
    });
  });
}
