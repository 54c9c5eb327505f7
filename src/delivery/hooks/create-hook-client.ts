import {
  type HookAnswer,
  type HookClient,
  type HookRequest,
  hookAnswered,
  hookTargetRefused,
} from '../../core/hooks/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import type { Logger } from '../../kernel/logger.ts';
import { checkTarget, type Resolve, resolveBySystem, TargetRefused } from '../guarded-target.ts';
import type { TargetGuard } from '../target-guard.ts';
import { tryAgain } from '../try-again.ts';
import { exchange } from './exchange.ts';
import { createHookPools } from './hook-pools.ts';
import { type RawAnswer, readAnswer } from './read-answer.ts';
import { wordRequest } from './word-request.ts';

/** @see contracts/jambonz.json (webhooks.transport) */
const usual = { timeoutMs: 10_000, maxBytes: 1_000_000, accepts: [200, 202, 204] } as const;

const web = { protocols: ['http:', 'https:'], words: 'only http and https are asked' };

export interface HookPorts {
  readonly guard: TargetGuard;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How names become addresses; the system's way if nothing is said. */
  readonly resolve?: Resolve;
  /** From 0 to 1, for the length of waits. */
  readonly random?: () => number;
}

/** Builds the client. Connections are kept for a while; `close` breaks them and everything that runs on them. */
export function createHookClient(ports: HookPorts): HookClient & { close(): Promise<void> } {
  const { guard, clock, logger, resolve = resolveBySystem, random = Math.random } = ports;
  const pools = createHookPools({ guard, resolve });

  const target = (text: string): URL => {
    try {
      return checkTarget(text, guard, web);
    } catch (error) {
      throw error instanceof TargetRefused ? hookTargetRefused(error.message) : error;
    }
  };
  /** One request and its answer, as it came. */
  const send = (request: HookRequest, url: URL, onStatus: (status: number) => void) => {
    const { path, headers, body } = wordRequest(request, url, clock.now());
    return exchange(
      pools.of(url, { allowSelfSigned: request.allowSelfSigned ?? false }),
      { origin: url.origin, path, method: request.method, headers, body: body || null },
      {
        clock,
        timeoutMs: request.timeoutMs ?? usual.timeoutMs,
        maxBytes: request.maxBytes ?? usual.maxBytes,
        signal: request.signal,
        onStatus,
      },
    );
  };
  const attempt = async (request: HookRequest): Promise<HookAnswer> => {
    const accepts: readonly number[] = request.accepts ?? usual.accepts;
    const began = performance.now();
    let url: URL | undefined;
    let status: number | undefined;
    let failed: string | undefined;
    try {
      url = target(request.url);
      const answer: RawAnswer = await send(request, url, (known) => {
        status = known;
      });
      if (!isAmong(accepts, answer.status)) throw hookAnswered(answer.status);
      if (request.ignoresAnswer) return statusAlone(answer.status);
      return await readAnswer(answer, request.maxBytes ?? usual.maxBytes);
    } catch (error) {
      if (request.ignoresAnswer && isDomainError(error) && isAmong(accepts, status))
        return statusAlone(status);
      const said = refusalOf(error, status, accepts);
      failed = isDomainError(said) ? said.code : 'ended';
      throw said;
    } finally {
      const ms = Math.round(performance.now() - began);
      logger.debug({ host: url?.host, status, failed, ms }, 'a hook was asked');
    }
  };
  return {
    ask: (request) => tryAgain({ clock, random }, request, () => attempt(request)),
    close: () => pools.close(),
  };
}

const isAmong = (accepts: readonly number[], status: number | undefined): status is number =>
  status !== undefined && accepts.includes(status);

const statusAlone = (status: number): HookAnswer => ({
  status,
  contentType: '',
  body: undefined,
  text: '',
});

/** A status that is not accepted says more than how the rest of that answer failed. */
const refusalOf = (error: unknown, status: number | undefined, accepts: readonly number[]) =>
  isDomainError(error) && status !== undefined && !isAmong(accepts, status)
    ? hookAnswered(status)
    : error;
