import { DomainError } from '../../../kernel/domain-error.ts';

/** An application with an open socket did not acknowledge in time. */
export const sessionSilent = (limitMs: number) =>
  new DomainError(
    'unavailable',
    'jambonz.session_silent',
    `The application did not acknowledge within ${limitMs / 1000} s`,
    { details: { limitMs } },
  );

/** The socket of an application went while something was asked. */
export const sessionLost = () =>
  new DomainError('unavailable', 'jambonz.session_lost', 'The socket of the application has ended');
