import type { HistoryEntry } from '../../../core/calls/index.ts';
import type { Recording } from '../../../core/recordings/index.ts';
import { withoutPlus } from '../../../kernel/phone-number.ts';
import { toCallId } from '../ids.ts';
import type { HistoryEntryResponse } from '../schemas.ts';

/** `YYYY-MM-DDTHH:MM:SSZ`. @see contracts/sipgate.json, generic.free_text */
export const presentInstant = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

const callStatuses: Readonly<Record<HistoryEntry['status'], string>> = {
  answered: 'SUCCESS',
  missed: 'MISSED',
  busy: 'BUSY',
  rejected: 'REJECTED',
  failed: 'FAILURE',
};

function statusOf({ status }: HistoryEntry): string {
  if (status === 'answered') return 'PICKUP';
  return status === 'busy' ? 'BUSY' : 'NOPICKUP';
}

function directionOf({ direction, status }: HistoryEntry): string {
  const way = direction === 'incoming' ? 'INCOMING' : 'OUTGOING';
  return status === 'answered' ? way : `MISSED_${way}`;
}

/** An alias must not look like an instant: a client turns such texts into dates. */
const harmless = (alias: string): string => (/^\d{4}-\d\d-\d\dT/.test(alias) ? `'${alias}` : alias);

/** What a history entry is shown with. */
export interface HistoryContext {
  /** `e` and the number of the device; absent if it was removed. */
  readonly deviceId: string | undefined;
  /** The number of the user, and of the phone line; absent if the user was removed. */
  readonly userSerial: number | undefined;
  readonly recordings: readonly Recording[];
  readonly recordingUrl: (recording: Recording) => string;
}

/** Where a call was for a person: the device, or the person where the device was removed. */
function endpointOf(deviceId: string | undefined, userSerial: number | undefined) {
  if (deviceId) return { extension: deviceId, type: 'REGISTER' };
  return userSerial === undefined ? undefined : { extension: `w${userSerial}`, type: 'USER' };
}

/** A call as one person remembers it. */
export function presentHistoryEntry(
  entry: HistoryEntry,
  { deviceId, userSerial, recordings, recordingUrl }: HistoryContext,
): HistoryEntryResponse {
  const shown = recordings.map((recording) => ({
    id: recording.id,
    url: recordingUrl(recording),
  }));
  const answered = entry.status === 'answered';
  const endpoint = endpointOf(deviceId, userSerial);
  return {
    id: String(entry.serial),
    source: withoutPlus(entry.fromNumber),
    target: withoutPlus(entry.toNumber),
    sourceAlias: harmless(entry.fromName),
    targetAlias: harmless(entry.toName),
    type: 'CALL',
    created: presentInstant(entry.startedAt),
    lastModified: presentInstant(entry.endedAt),
    direction: directionOf(entry),
    incoming: entry.direction === 'incoming',
    status: statusOf(entry),
    connectionIds: userSerial === undefined ? [] : [`p${userSerial}`],
    read: true,
    archived: false,
    note: null,
    endpoints: endpoint ? [{ type: answered ? 'PICKUP' : 'ROUTED', endpoint }] : [],
    starred: false,
    labels: [],
    callId: toCallId(entry.callId),
    recordings: shown,
    recordingUrl: shown[0]?.url ?? null,
    duration: entry.durationSeconds,
    responder: answered ? withoutPlus(entry.toNumber) : null,
    responderAlias: answered ? harmless(entry.toName) : null,
    callStatus: callStatuses[entry.status],
  };
}
