import { DomainError } from '../../kernel/domain-error.ts';
import type { CallId } from '../../kernel/ids.ts';

export const callNotFound = (callId: string) =>
  new DomainError('not_found', 'call.not_found', `There is no running call ${callId}`, {
    details: { callId },
  });

export const legNotFound = (sid: string) =>
  new DomainError('not_found', 'leg.not_found', `There is no call ${sid}`, { details: { sid } });

export const callStateConflict = (callId: CallId, wanted: string) =>
  new DomainError('conflict', 'call.state_conflict', `The call is not in a state to be ${wanted}`, {
    details: { callId, wanted },
  });

export const invalidNumber = (dialled: string) =>
  new DomainError(
    'invalid',
    'call.invalid_number',
    `${JSON.stringify(dialled.slice(0, 40))} is no number or extension`,
    {
      details: { dialled: dialled.slice(0, 40) },
    },
  );

/** Something that could be dialled, but that this account reaches nobody with. */
export const leadsNowhere = (dialled: string, reason: string) =>
  new DomainError(
    'invalid',
    'call.leads_nowhere',
    `${dialled.slice(0, 40)} leads nowhere: ${reason}`,
    { details: { dialled: dialled.slice(0, 40), reason } },
  );

export const invalidDigits = (digits: string) =>
  new DomainError(
    'invalid',
    'call.invalid_digits',
    'Keys are 0-9, A-D, * and #; 1 to 128 of them',
    {
      details: { digits: digits.slice(0, 40) },
    },
  );

export const limitReached = (limit: number) =>
  new DomainError('limited', 'call.limit_reached', `The account may have ${limit} calls at once`, {
    details: { limit },
  });

export const accountSuspended = () =>
  new DomainError('forbidden', 'account.suspended', 'The account is suspended: it has no calls');

export const exchangeDraining = () =>
  new DomainError(
    'unavailable',
    'exchange.draining',
    'The exchange is about to end and takes no new calls',
  );

export const callerIdNotOwned = (callerId: string) =>
  new DomainError(
    'forbidden',
    'caller_id.not_owned',
    'The caller id is not a number of this account',
    {
      details: { callerId: callerId.slice(0, 40) },
    },
  );

export const endpointUnregistered = (alias: string) =>
  new DomainError('conflict', 'endpoint.unregistered', `No phone is registered on ${alias}`, {
    details: { endpoint: alias },
  });

export const announcementUnusable = (reason: string) =>
  new DomainError(
    'invalid',
    'announcement.unusable',
    `The sound file cannot be played: ${reason}`,
    {
      details: { reason },
    },
  );

export const announcementUnreachable = (reason: string) =>
  new DomainError(
    'invalid',
    'announcement.unreachable',
    `The sound file cannot be fetched: ${reason}`,
    {
      details: { reason },
    },
  );

export const storageFull = () =>
  new DomainError(
    'unavailable',
    'recording.storage_full',
    'Less than 1 GB is free: recordings are paused',
  );
