import { type DomainError, isDomainError } from '../../kernel/domain-error.ts';
import type { DeliveryFailure } from './delivery.ts';

/** Milliseconds for which a delivery is tried, and between two attempts at most. */
export const triedForMs = 3_600_000;
const longestWaitMs = 600_000;

/** Statuses of the client's kind that mean: not now. @see RFC 9110, 15.5.9; RFC 8470; RFC 6585 */
const notNow: ReadonlySet<number> = new Set([408, 425, 429]);

const isFinal = ({ code, details }: DomainError): boolean => {
  if (code === 'hook.target_refused') return true;
  const status = Number(details.status);
  return code === 'hook.answered' && status >= 400 && status < 500 && !notNow.has(status);
};

/** What is written down of a failure; anything unforeseen is a bug. */
export const failureOf = (error: unknown): DeliveryFailure => {
  if (!isDomainError(error)) return { code: 'internal', status: undefined };
  const { status } = error.details;
  return { code: error.code, status: typeof status === 'number' ? status : undefined };
};

/**
 * Milliseconds until a delivery is tried again: 1 s, then twice as long each time up to 10 minutes, a tenth
 * more or less.
 * @param attempts - how often it was tried, the last time included
 * @param random - 0 to 1
 * @returns `undefined` if it is given up: after an hour, or if trying again cannot help
 */
export function retryAfterMs(
  error: unknown,
  { attempts, ageMs }: { readonly attempts: number; readonly ageMs: number },
  random: number,
): number | undefined {
  if (!isDomainError(error) || isFinal(error) || ageMs >= triedForMs) return undefined;
  const usual = Math.min(1_000 * 2 ** Math.min(attempts - 1, 20), longestWaitMs);
  return Math.round(usual * (0.9 + 0.2 * random));
}
