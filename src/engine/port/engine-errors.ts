import { DomainError } from '../../kernel/domain-error.ts';

/** The engine is out of reach, or gave no answer in time. The command may or may not have happened. */
export const engineUnavailable = (command: string, cause?: unknown) =>
  new DomainError(
    'unavailable',
    'engine.unavailable',
    `The telephone engine did not answer (${command})`,
    {
      details: { command },
      cause,
    },
  );

/** The leg that was named is not there any more. */
export const legGone = (command: string, leg: string, cause?: unknown) =>
  new DomainError('conflict', 'engine.leg_gone', `The leg has ended (${command})`, {
    details: { command, leg },
    cause,
  });

/** Nothing can be rung there: no device, no route, or the address cannot be used. */
export const legUnreachable = (target: string, cause?: unknown) =>
  new DomainError('conflict', 'engine.unreachable', `Nothing answers at ${target}`, {
    details: { target },
    cause,
  });

/** The engine understood and said no. */
export const engineRefused = (command: string, status: number, cause?: unknown) =>
  new DomainError('conflict', 'engine.refused', `The telephone engine refused ${command}`, {
    details: { command, status },
    cause,
  });
