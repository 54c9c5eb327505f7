import type { CallHistoryStore, LegView } from '../../../core/calls/index.ts';
import { viewOfCdr } from '../../../core/calls/index.ts';
import type { CoreEvent, EventBus } from '../../../core/events/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { alertOf } from './alerts.ts';
import { askHook } from './ask-hook.ts';
import { callInfo } from './call-info.ts';
import { sessionOf } from './call-session.ts';
import type { SourcePorts } from './create-source.ts';

type LegEvent = Extract<CoreEvent, { readonly legId: LegId }>;

/** The state that a leg was in when an event was told, whatever it is in now. */
const stateThen: Partial<Record<LegEvent['type'], LegView['state']>> = {
  'leg.created': 'calling',
  'leg.progress': 'progress',
  'leg.ringing': 'ringing',
  'leg.answered': 'answered',
  'leg.ended': 'hangup',
};

const isSocket = (url: string | undefined): boolean => /^wss?:/i.test(url ?? '');

export interface StatusPorts extends SourcePorts {
  readonly bus: EventBus;
  readonly history: Pick<CallHistoryStore, 'cdrsOfCall'>;
  readonly logger: Logger;
}

/**
 * Tells the status hooks of applications how their calls get on: each change, in order, and the end of a leg
 * once, after its record is durable.
 */
export function tellStatus(ports: StatusPorts): () => void {
  const { sessions, bus, history, legs, applications, hooks, account, box, raiseAlert, logger } =
    ports;
  /** What is being told about each leg, one after the other. */
  const lines = new Map<LegId, Promise<void>>();

  /** A leg as it was when an event was told, and the one that made it. */
  const viewAt = async (event: LegEvent) => {
    const state = stateThen[event.type];
    if (!state) return undefined;
    const live = legs.find(event.legId);
    if (state !== 'hangup' && live)
      return { leg: { ...live, state }, parent: live.parentLegId && legs.find(live.parentLegId) };
    const cdrs = await history.cdrsOfCall(event.accountId, event.callId);
    const cdr = cdrs.find(({ legId }) => legId === event.legId);
    const parentCdr = cdrs.find(({ legId }) => legId === cdr?.parentLegId);
    if (!cdr) return undefined;
    const parent =
      (cdr.parentLegId && legs.find(cdr.parentLegId)) ?? (parentCdr && viewOfCdr(parentCdr));
    return { leg: { ...viewOfCdr(cdr), state }, parent };
  };
  const tell = async (event: LegEvent): Promise<void> => {
    const seen = await viewAt(event);
    if (seen?.leg.source?.dialect !== 'jambonz') return;
    const { leg, parent } = seen;
    // A caller that arrived is trying from the beginning; its early sound is ours.
    if (leg.direction === 'inbound' && (leg.state === 'progress' || leg.state === 'ringing'))
      return;
    const session = await sessionOf(leg, applications, box.open);
    const { statusHook } = session;
    if (!statusHook && !isSocket(session.callHook?.url)) return;
    const { sid, secret } = await account(leg.accountId);
    const payload = callInfo(leg, {
      accountSid: sid,
      applicationSid: session.application?.sid,
      parent: parent || undefined,
      trunkName: leg.trunkId && ports.trunkName(leg.accountId, leg.trunkId),
    });
    const inSession = sessions.tell(leg.id, { type: 'call:status', data: payload });
    if (leg.state === 'hangup') sessions.end(leg.id);
    if (inSession || !statusHook || isSocket(statusHook.url)) return;
    try {
      await askHook(hooks, statusHook, payload, { secret });
    } catch (error) {
      raiseAlert(leg.accountId, { ...alertOf(error, statusHook.url), targetSid: leg.sid });
    }
  };
  return bus.subscribe((events) => {
    for (const { event } of events) {
      if (!('legId' in event) || !stateThen[event.type]) continue;
      const next = (lines.get(event.legId) ?? Promise.resolve())
        .then(() => tell(event))
        .catch((error: unknown) =>
          logger.warn({ legId: event.legId, err: error }, 'a status hook was not told'),
        )
        .finally(() => {
          if (lines.get(event.legId) === next) lines.delete(event.legId);
        });
      lines.set(event.legId, next);
    }
  });
}
