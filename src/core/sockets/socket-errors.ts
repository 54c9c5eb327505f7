import { DomainError } from '../../kernel/domain-error.ts';

/** Nobody may be sent there. @param reason - in words, without the address */
export const socketTargetRefused = (reason: string) =>
  new DomainError('invalid', 'socket.target_refused', `The socket may not be opened: ${reason}`, {
    details: { reason },
  });

/** No connection, or one that broke before the socket was open. */
export const socketUnreachable = (
  reason: 'unknown_host' | 'refused' | 'no_route' | 'tls' | 'broken',
  cause?: unknown,
) =>
  new DomainError('unavailable', 'socket.unreachable', `The socket cannot be reached (${reason})`, {
    details: { reason },
    cause,
  });

/** @param phase - whether it was still being connected to, or was to answer */
export const socketTimedOut = (phase: 'connect' | 'answer', limitMs: number) =>
  new DomainError(
    'unavailable',
    'socket.timed_out',
    `The socket was not open within ${limitMs / 1000} s`,
    { details: { phase, limitMs } },
  );

/** It answered with a status instead of opening. */
export const socketAnswered = (status: number) =>
  new DomainError('unavailable', 'socket.answered', `The socket answered with status ${status}`, {
    details: { status },
  });

/** What it answered opens no socket of the kind that was wanted. */
export const socketMalformed = (reason: string, cause?: unknown) =>
  new DomainError(
    'unavailable',
    'socket.malformed',
    `The answer of the socket cannot be read: ${reason}`,
    { details: { reason }, cause },
  );

export const socketClosed = () =>
  new DomainError('unavailable', 'socket.closed', 'The socket has ended');
