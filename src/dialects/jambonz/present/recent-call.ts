import { type Cdr, viewOfCdr } from '../../../core/calls/index.ts';
import type { CallRecord } from '../../../core/records/index.ts';
import { toId } from '../../../kernel/ids.ts';
import { statusOf } from '../source/call-status.ts';
import { tagOf } from '../source/leg-tag.ts';
import { presentDate } from './dates.ts';

const reasonOf = ({ endedBy, direction, answeredAt, cause }: Cdr): string => {
  if (!answeredAt && endedBy === 'exchange') return cause.replaceAll('_', ' ');
  if (endedBy === 'exchange') return 'application hungup';
  return direction === 'inbound' ? 'caller hungup' : 'called party hungup';
};

const two = (value: number): string => String(value).padStart(2, '0');

/** Where the sound of a call is found, below the address that clients have for the API. */
const recordingUrl = (accountSid: string, { sid, startedAt }: Cdr, format: 'mp3' | 'wav') => {
  const day = `${startedAt.getUTCFullYear()}/${two(startedAt.getUTCMonth() + 1)}/${two(startedAt.getUTCDate())}`;
  return `/Accounts/${accountSid}/RecentCalls/${sid}/record/${day}/${format}`;
};

/** A leg that has ended. @see contracts/jambonz.json, schemas: Cdr */
export function presentRecentCall(record: CallRecord) {
  const { cdr, accountSid, operatorSid, trunkName, parentNumber, recordingId } = record;
  const view = viewOfCdr(cdr);
  const applicationSid = cdr.source?.dialect === 'jambonz' ? toId(cdr.source.reference) : undefined;
  const inbound = cdr.direction === 'inbound';
  return {
    account_sid: accountSid,
    service_provider_sid: operatorSid,
    ...(applicationSid && { application_sid: applicationSid }),
    call_sid: cdr.sid,
    from: inbound ? cdr.number : (tagOf(view).from ?? parentNumber ?? ''),
    to: inbound ? cdr.dialled : cdr.number || cdr.dialled,
    answered: cdr.answeredAt !== undefined,
    sip_callid: cdr.legId,
    ...(cdr.parentLegId && { sip_parent_callid: cdr.parentLegId }),
    sip_status: statusOf(view).sipStatus,
    duration: cdr.durationSeconds,
    attempted_at: presentDate(cdr.startedAt),
    ...(cdr.answeredAt && { answered_at: presentDate(cdr.answeredAt) }),
    terminated_at: presentDate(cdr.endedAt),
    termination_reason: reasonOf(cdr),
    direction: cdr.direction,
    trunk: trunkName ?? (cdr.endpointId ? 'device' : ''),
    ...(recordingId && { recording_url: recordingUrl(accountSid, cdr, 'mp3') }),
  };
}
