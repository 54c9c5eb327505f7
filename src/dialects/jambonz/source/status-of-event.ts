import { type CallHistoryStore, type LegView, viewOfCdr } from '../../../core/calls/index.ts';
import type { CoreEvent } from '../../../core/events/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { callInfo } from './call-info.ts';
import { type CallSession, sessionOf } from './call-session.ts';
import type { SourcePorts } from './create-source.ts';

type LegEvent = Extract<CoreEvent, { readonly legId: LegId }>;

/** The state that a leg was in when an event was told, whatever it is in now. */
const stateThen: Partial<Record<CoreEvent['type'], LegView['state']>> = {
  'leg.created': 'calling',
  'leg.progress': 'progress',
  'leg.ringing': 'ringing',
  'leg.answered': 'answered',
  'leg.ended': 'hangup',
};

/** Whether an event says that a leg of an application got on. */
export const isStatusEvent = (event: CoreEvent): event is LegEvent =>
  stateThen[event.type] !== undefined && 'legId' in event && event.source?.dialect === 'jambonz';

/** What an application is told of an event, and what decides to whom. */
export interface CallStatusTold {
  readonly leg: LegView;
  readonly session: CallSession;
  readonly payload: JsonObject;
  /** Signs what is sent. */
  readonly secret: string;
}

export interface StatusReaderPorts
  extends Pick<SourcePorts, 'legs' | 'applications' | 'account' | 'trunkName' | 'box'> {
  readonly history: Pick<CallHistoryStore, 'cdrsOfCall'>;
}

/**
 * Reads an event as the change of a call that an application hears of. The end of a leg is read from its record,
 * which is durable when the event is told.
 * @returns nothing for calls that no application has to do with, and for states that applications do not know
 */
export function createStatusReader(ports: StatusReaderPorts) {
  const { legs, history, applications, account, box } = ports;

  /** A leg as it was when an event was told, and the one that made it. */
  const viewAt = async (event: LegEvent, state: LegView['state']) => {
    const live = state === 'hangup' ? undefined : legs.find(event.legId);
    if (live)
      return { leg: { ...live, state }, parent: live.parentLegId && legs.find(live.parentLegId) };
    const cdrs = await history.cdrsOfCall(event.accountId, event.callId);
    const cdr = cdrs.find(({ legId }) => legId === event.legId);
    if (!cdr) return undefined;
    const parentCdr = cdrs.find(({ legId }) => legId === cdr.parentLegId);
    const parent =
      (cdr.parentLegId && legs.find(cdr.parentLegId)) ?? (parentCdr && viewOfCdr(parentCdr));
    return { leg: { ...viewOfCdr(cdr), state }, parent };
  };
  return async (event: CoreEvent): Promise<CallStatusTold | undefined> => {
    const state = stateThen[event.type];
    if (!state || !isStatusEvent(event)) return undefined;
    const seen = await viewAt(event, state);
    if (seen?.leg.source?.dialect !== 'jambonz') return undefined;
    const { leg, parent } = seen;
    // A caller that arrived is trying from the beginning; its early sound is ours.
    if (leg.direction === 'inbound' && (state === 'progress' || state === 'ringing'))
      return undefined;
    const session = await sessionOf(leg, applications, box.open);
    const { sid, secret } = await account(leg.accountId);
    const payload = callInfo(leg, {
      accountSid: sid,
      applicationSid: session.application?.sid,
      parent: parent || undefined,
      trunkName: leg.trunkId && ports.trunkName(leg.accountId, leg.trunkId),
    });
    return { leg, session, payload, secret };
  };
}
