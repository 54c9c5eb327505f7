import { DomainError } from '../../kernel/domain-error.ts';

export const hookInvalid = (hook: string, rule: string) =>
  new DomainError('invalid', 'hook.invalid', `The hook ${hook} ${rule}`, { details: { hook } });

/** Nobody may be sent there. @param reason - in words, without the address */
export const hookTargetRefused = (reason: string) =>
  new DomainError('invalid', 'hook.target_refused', `The hook may not be asked: ${reason}`, {
    details: { reason },
  });

/** No connection, or one that broke before the answer was there. */
export const hookUnreachable = (
  reason: 'unknown_host' | 'refused' | 'no_route' | 'tls' | 'broken',
  cause?: unknown,
) =>
  new DomainError('unavailable', 'hook.unreachable', `The hook cannot be reached (${reason})`, {
    details: { reason },
    cause,
  });

/** @param phase - whether it was still being connected to, or was to answer */
export const hookTimedOut = (phase: 'connect' | 'answer', limitMs: number) =>
  new DomainError(
    'unavailable',
    'hook.timed_out',
    `The hook did not answer within ${limitMs / 1000} s`,
    { details: { phase, limitMs } },
  );

/** It answered with a status that is none of those that were accepted. */
export const hookAnswered = (status: number) =>
  new DomainError('unavailable', 'hook.answered', `The hook answered with status ${status}`, {
    details: { status },
  });

/** What it answered is no HTTP, or not what it says it is. */
export const hookMalformed = (reason: string, cause?: unknown) =>
  new DomainError(
    'unavailable',
    'hook.malformed',
    `The answer of the hook cannot be read: ${reason}`,
    { details: { reason }, cause },
  );

export const hookTooLarge = (maxBytes: number) =>
  new DomainError(
    'too_large',
    'hook.too_large',
    `The answer of the hook is larger than ${maxBytes} bytes`,
    { details: { maxBytes } },
  );
