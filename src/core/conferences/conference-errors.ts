import { DomainError } from '../../kernel/domain-error.ts';

export const conferenceNotFound = (conference: string) =>
  new DomainError('not_found', 'conference.not_found', `There is no conference ${conference}`, {
    details: { conference: conference.slice(0, 128) },
  });

export const participantNotFound = (legId: string) =>
  new DomainError(
    'not_found',
    'conference.participant_not_found',
    `The leg ${legId} is not in this conference`,
    { details: { legId } },
  );

export const conferenceTaken = (name: string) =>
  new DomainError('conflict', 'conference.taken', 'There is a conference of this name', {
    details: { name },
  });

export const conferenceInvalid = (field: string, rule: string) =>
  new DomainError('invalid', 'conference.invalid', `${field} ${rule}`, { details: { field } });

/** Nothing can be played where nobody is. */
export const conferenceNotRunning = (name: string) =>
  new DomainError('conflict', 'conference.not_running', 'Nobody is in the conference', {
    details: { name },
  });
