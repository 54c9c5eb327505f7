import { type DomainError, isDomainError } from '../../kernel/domain-error.ts';

/** Failures after which it can be worth asking again. */
export type RetryReason = 'connect' | 'read_timeout' | '4xx' | '5xx';

export interface HookRetry {
  /** Attempts besides the first one, 0 to 5. */
  readonly times: number;
  readonly on: readonly (RetryReason | 'all')[];
}

/** Attempts besides the first one, at most. */
export const mostRetries = 5;

export const noRetry: HookRetry = { times: 0, on: [] };

/** The words of the fragment. @see contracts/jambonz.json (webhooks.transport.retry) */
const words: ReadonlyMap<string, RetryReason | 'all'> = new Map([
  ['ct', 'connect'],
  ['rt', 'read_timeout'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
  ['all', 'all'],
]);

/**
 * Cuts the fragment of a hook's URL, which says how it is tried again: `#rc=3&rp=5xx,ct`. What it does not
 * say is no attempt more, and failed connections only; words that are not known are passed over.
 */
export function parseRetryFragment(url: string): {
  readonly url: string;
  readonly retry: HookRetry;
} {
  const at = url.indexOf('#');
  if (at < 0) return { url, retry: noRetry };
  const said = new URLSearchParams(url.slice(at + 1));
  const count = Number.parseInt(said.get('rc') ?? '', 10);
  const on = (said.get('rp') ?? '')
    .toLowerCase()
    .split(',')
    .flatMap((word) => words.get(word.trim()) ?? []);
  return {
    url: url.slice(0, at),
    retry: {
      times: count > 0 ? Math.min(count, mostRetries) : 0,
      on: on.length > 0 ? on : ['connect'],
    },
  };
}

/** Which failure it was; `undefined` if asking again cannot help. */
export function retryReasonOf(error: unknown): RetryReason | undefined {
  if (!isDomainError(error)) return undefined;
  const [, what] = error.code.split('.');
  if (what === 'unreachable') return 'connect';
  if (what === 'timed_out') return error.details.phase === 'connect' ? 'connect' : 'read_timeout';
  return what === 'answered' ? reasonOfStatus(error) : undefined;
}

const reasonOfStatus = ({ details: { status } }: DomainError): RetryReason | undefined => {
  const hundreds = Math.floor(Number(status) / 100);
  if (hundreds === 4) return '4xx';
  return hundreds === 5 ? '5xx' : undefined;
};

/**
 * Milliseconds before an attempt: 500, 1,000, 2,000, 4,000, 6,000 and so on, a tenth more or less, so that
 * many who failed together do not come back together.
 * @param retried - how often it was tried again before
 * @param random - 0 to 1
 */
export function retryDelayMs(retried: number, random: number): number {
  const usual = retried < 3 ? 500 * 2 ** retried : 2_000 * (retried - 1);
  return Math.round(usual * (0.9 + 0.2 * random));
}
