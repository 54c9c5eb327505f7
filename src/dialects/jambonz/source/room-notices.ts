import { type CallHistoryStore, type LegView, viewOfCdr } from '../../../core/calls/index.ts';
import type { CoreEvent } from '../../../core/events/index.ts';
import { type AccountId, type LegId, type Sid, toId } from '../../../kernel/ids.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { HookRef } from '../compile/hook-ref.ts';
import type { Message } from '../sessions/create-sessions.ts';
import { actionFields } from './action-fields.ts';
import { applicationActor } from './application-actor.ts';
import type { OpenHook } from './ask-hook.ts';
import { callInfo } from './call-info.ts';
import { isSocketUrl, openHook } from './call-session.ts';
import type { SourcePorts } from './create-source.ts';
import { conferenceSid, notesIn, type WatchWords } from './room-notes.ts';

/** Something that an application is told, and whose answer does not matter. */
export interface Notice {
  readonly accountId: AccountId;
  /** The leg that it is about, on whose socket it is said if the hook is one. */
  readonly legId: LegId;
  /** What has the same key is told in order. */
  readonly key: string;
  /** What it is about, for people. */
  readonly subject: string;
  readonly hook: OpenHook;
  readonly message: Message;
}

export interface NoticePorts
  extends Pick<SourcePorts, 'legs' | 'account' | 'trunkName' | 'box' | 'queues' | 'applications'> {
  readonly history: Pick<CallHistoryStore, 'cdrsOfCall'>;
  /** Told who comes and goes in the queues of an account. */
  readonly queueHook: (id: AccountId) => Promise<OpenHook | undefined>;
}

type LegEvent = Extract<CoreEvent, { readonly legId: LegId }>;
type ConferenceEvent = Extract<LegEvent, { readonly conferenceId: unknown }>;
type QueueEvent = Extract<LegEvent, { readonly queueId: unknown }>;
type CutShort = Extract<LegEvent, { readonly type: 'program.cut_short' }>;
export type NoticeEvent = ConferenceEvent | QueueEvent | CutShort;

/** Whether somebody might be told of an event. */
export const isNoticed = (event: CoreEvent): event is NoticeEvent =>
  event.type.startsWith('conference.') ||
  event.type.startsWith('queue.') ||
  event.type === 'program.cut_short';

/** What has the same key is told in order: of a conference for itself, else of a leg. */
export const keyOf = (event: NoticeEvent): string =>
  'conferenceId' in event ? `conference ${event.conferenceId}` : event.legId;

/** @see contracts/jambonz.json, verbs: conference: statusHook */
function nameOf(event: ConferenceEvent): string | undefined {
  switch (event.type) {
    case 'conference.started':
      return 'start';
    case 'conference.ended':
      return 'end';
    case 'conference.joined':
      return 'join';
    case 'conference.left':
      return 'leave';
    case 'conference.talking':
      return event.talking ? 'start-talking' : 'stop-talking';
    case 'conference.waiting':
      return undefined;
  }
}

/** @see contracts/jambonz.json, webhooks: queue_event_hook */
function queueFields(event: QueueEvent, dequeuer: LegView | undefined): JsonObject {
  const { queueName: queue, length, at } = event;
  if (event.type === 'queue.joined')
    return { event: 'join', queue, length, join_time: at.getTime() };
  const isAbandoned = event.reason === 'hangup' || event.reason === 'left';
  return {
    event: 'leave',
    queue,
    length,
    leave_reason: isAbandoned ? 'abandoned' : 'dequeued',
    leave_time: at.getTime(),
    ...(dequeuer && { dequeuer: dequeuer.sid }),
  };
}

/** Two hooks that are one are told once. */
const addressOf = ({ url, method, username }: OpenHook): string =>
  `${method} ${username ?? ''} ${url}`;

const unique = (hooks: readonly OpenHook[]): readonly OpenHook[] => [
  ...new Map(hooks.map((hook) => [addressOf(hook), hook])).values(),
];

/** Words what happens in conferences and queues, and how verbs ended whose call is over, for whom it concerns. */
export function createNoticeReader(ports: NoticePorts) {
  const { legs, history, account, box } = ports;

  /** The leg of an event, running or recorded. */
  const legOf = async ({ accountId, callId, legId }: LegEvent): Promise<LegView | undefined> => {
    const live = legs.find(legId);
    if (live) return live;
    const cdrs = await history.cdrsOfCall(accountId, callId);
    const cdr = cdrs.find((one) => one.legId === legId);
    return cdr && viewOfCdr(cdr);
  };
  const infoOf = async (leg: LegView): Promise<JsonObject> =>
    callInfo(leg, {
      accountSid: (await account(leg.accountId)).sid,
      applicationSid:
        leg.source?.dialect === 'jambonz' ? toId<Sid>(leg.source.reference) : undefined,
      parent: leg.parentLegId && legs.find(leg.parentLegId),
      trunkName: leg.trunkId && ports.trunkName(leg.accountId, leg.trunkId),
    });

  /**
   * Everybody who watches a conference is told; on a socket, of its own call alone: other calls have sockets of
   * their own.
   */
  const ofConference = (event: ConferenceEvent, info: JsonObject): readonly Notice[] => {
    const name = nameOf(event);
    if (!name) return [];
    const data = {
      ...info,
      event: name,
      conference_sid: conferenceSid(String(info.account_sid), event.conferenceName),
      friendly_name: event.conferenceName,
      duration: event.durationSeconds,
      members: event.participants,
      time: event.at.toISOString(),
    };
    const watching = event.watchers
      .filter(({ dialect }) => dialect === 'jambonz')
      .map(({ legId, words }) => ({ legId, ...(words as unknown as WatchWords) }))
      .filter(({ events }) => events.includes(name));
    const sockets = watching.filter(
      ({ legId, hook }) => isSocketUrl(hook.url) && legId === event.legId,
    );
    const others = unique(
      watching
        .filter(({ hook }) => !isSocketUrl(hook.url))
        .map(({ hook }) => openHook(hook, box.open)),
    );
    const common = { ...about(event), subject: `conference.${name}` };
    return [
      ...sockets.map(({ hook }) => ({
        ...common,
        hook: openHook(hook, box.open),
        message: { type: 'verb:hook', hook: hook.written, data },
      })),
      ...others.map((hook) => ({ ...common, hook, message: { type: 'verb:hook', data } })),
    ];
  };

  const ofQueue = async (event: QueueEvent, info: JsonObject): Promise<readonly Notice[]> => {
    const actor = applicationActor(event.accountId);
    const own = notesIn(ports.queues.named(actor, event.queueName)?.queue.notes).eventHook;
    const hook = own ? openHook(own, box.open) : await ports.queueHook(event.accountId);
    if (!hook) return [];
    const takenBy = event.type === 'queue.left' ? event.takenBy : undefined;
    const fields = queueFields(event, takenBy && legs.find(takenBy));
    const data = { ...info, ...fields };
    const subject = `queue.${String(fields.event)}`;
    return [{ ...about(event), subject, hook, message: { type: 'queue:status', data } }];
  };

  const ofCutShort = (event: CutShort, info: JsonObject): readonly Notice[] => {
    const { question: asked, result } = event;
    const question = asked as JsonObject;
    const ref = question.hook as unknown as HookRef | undefined;
    if (event.source.dialect !== 'jambonz' || !ref) return [];
    const other = result.legId && legs.find(result.legId);
    const data = { ...info, ...actionFields(question.verb, { result, question, other, info }) };
    return [
      {
        ...about(event),
        subject: `${String(question.verb)}.action`,
        hook: openHook(ref, box.open),
        message: { type: 'verb:hook', hook: ref.written, data },
      },
    ];
  };

  const about = (event: NoticeEvent) => ({
    accountId: event.accountId,
    legId: event.legId,
    key: keyOf(event),
  });

  return async (event: NoticeEvent): Promise<readonly Notice[]> => {
    if ('conferenceId' in event && event.watchers.length === 0) return [];
    const leg = await legOf(event);
    if (!leg) return [];
    const info = await infoOf(leg);
    if ('conferenceId' in event) return ofConference(event, info);
    if ('queueId' in event) return ofQueue(event, info);
    return ofCutShort(event, info);
  };
}
