import { beforeEach, describe, expect, test } from 'vitest';
import { aCall, aLeg } from '../../../../test/support/legs.ts';
import { type LegView, viewOfLeg } from '../../../core/calls/index.ts';
import type { Watcher } from '../../../core/events/index.ts';
import {
  type AccountId,
  type ConferenceId,
  type LegId,
  newId,
  newSid,
  type QueueId,
} from '../../../kernel/ids.ts';
import type { HookRef } from '../compile/hook-ref.ts';
import type { OpenHook } from './ask-hook.ts';
import { createNoticeReader, keyOf, type NoticeEvent } from './room-notices.ts';

const accountSid = newSid();
const applicationSid = newSid();
const at = new Date('2026-11-03T14:05:09Z');

const hookTo = (written: string, base = 'https://app.example/'): HookRef => ({
  written,
  url: new URL(written, base).href,
  method: 'POST',
});

let views: LegView[];
let accountHook: OpenHook | undefined;
let queueNotes: object | undefined;
let read: ReturnType<typeof createNoticeReader>;

beforeEach(() => {
  views = [];
  accountHook = undefined;
  queueNotes = undefined;
  read = createNoticeReader({
    legs: {
      find: (id) => views.find((view) => view.id === id),
      running: () => views,
      inviteHeaders: async () => ({}),
    },
    applications: { find: async () => undefined },
    queues: {
      named: () => queueNotes && ({ queue: { notes: queueNotes }, entries: [] } as never),
    },
    account: async () => ({ sid: accountSid, realm: 'acme.example', secret: 's' }),
    trunkName: () => undefined,
    box: { seal: (secret) => `<${secret}>`, open: (sealed) => sealed.slice(1, -1) },
    history: { cdrsOfCall: async () => [] },
    queueHook: async () => accountHook,
  });
});

const answered = (number = '+4930111'): LegView => {
  const leg = viewOfLeg(aLeg(aCall(), { number, dialled: '+4930222' }));
  const view: LegView = {
    ...leg,
    state: 'answered',
    source: { dialect: 'jambonz', reference: applicationSid },
  };
  views.push(view);
  return view;
};

const about = (leg: LegView) => ({
  accountId: leg.accountId as AccountId,
  callId: leg.callId,
  legId: leg.id,
  userId: undefined,
  number: leg.number,
  name: leg.name,
  source: leg.source,
  at,
});

const inConference = (leg: LegView, watchers: readonly Watcher[]) => ({
  ...about(leg),
  conferenceId: newId<ConferenceId>(),
  conferenceName: 'room',
  participants: 2,
  durationSeconds: 42,
  watchers,
});

const watcher = (hook: HookRef, events: readonly string[], legId?: LegId): Watcher => ({
  dialect: 'jambonz',
  legId,
  words: { hook: { ...hook }, events: [...events] },
});

const all = ['start', 'end', 'join', 'leave', 'start-talking', 'stop-talking'];

describe('a conference', () => {
  const events = [
    ['start', { type: 'conference.started' }],
    ['end', { type: 'conference.ended' }],
    ['join', { type: 'conference.joined', memberTag: undefined }],
    ['leave', { type: 'conference.left', reason: 'hangup', joinedSeconds: 1 }],
    ['start-talking', { type: 'conference.talking', talking: true }],
    ['stop-talking', { type: 'conference.talking', talking: false }],
  ] as const;

  test.each(events)('is told of: %s', async (name, event) => {
    const leg = answered();
    const notices = await read({
      ...inConference(leg, [watcher(hookTo('/status'), all, leg.id)]),
      ...event,
    } as NoticeEvent);
    expect(notices).toMatchObject([
      { subject: `conference.${name}`, hook: { url: 'https://app.example/status' } },
    ]);
    expect(notices[0]?.message.data).toEqual({
      call_sid: leg.sid,
      account_sid: accountSid,
      application_sid: applicationSid,
      direction: 'inbound',
      from: '+4930111',
      to: '+4930222',
      caller_id: leg.name,
      call_id: leg.id,
      sip_status: 200,
      sip_reason: 'OK',
      call_status: 'in-progress',
      event: name,
      conference_sid: `conf:${accountSid}:room`,
      friendly_name: 'room',
      duration: 42,
      members: 2,
      time: '2026-11-03T14:05:09.000Z',
    });
  });

  const joined = (leg: LegView, watchers: readonly Watcher[]): NoticeEvent => ({
    ...inConference(leg, watchers),
    type: 'conference.joined',
    memberTag: undefined,
  });

  test('is told to each hook once, and to those alone that want to know', async () => {
    const [one, other] = [answered(), answered()];
    const notices = await read(
      joined(one, [
        watcher(hookTo('/status'), all, one.id),
        watcher(hookTo('/status'), ['join'], other.id),
        watcher(hookTo('/other'), ['leave'], other.id),
        watcher(hookTo('/third'), ['join'], undefined),
      ]),
    );
    expect(notices.map(({ hook }) => hook.url)).toEqual([
      'https://app.example/status',
      'https://app.example/third',
    ]);
  });

  test('is told on the socket of the call that it is about', async () => {
    const [one, other] = [answered(), answered()];
    const socket = hookTo('/status', 'wss://app.example/');
    const notices = await read(
      joined(one, [watcher(socket, all, one.id), watcher(socket, all, other.id)]),
    );
    expect(notices).toMatchObject([
      { legId: one.id, message: { type: 'verb:hook', hook: '/status' } },
    ]);
  });

  test('is told in one order, whoever comes and goes', async () => {
    const event = joined(answered(), []);
    const later = { ...event, legId: answered().id };
    expect(keyOf(event)).toBe(keyOf(later));
    expect(await read(event)).toEqual([]);
  });

  test('is not told to those of other dialects', async () => {
    const leg = answered();
    const event = joined(leg, [{ dialect: 'native', legId: leg.id, words: { hook: '/x' } }]);
    expect(await read(event)).toEqual([]);
  });
});

describe('a queue', () => {
  const inQueue = (leg: LegView) => ({
    ...about(leg),
    queueId: newId<QueueId>(),
    queueName: 'support',
    length: 3,
  });
  const joined = (leg: LegView): NoticeEvent => ({
    ...inQueue(leg),
    type: 'queue.joined',
    position: 2,
    priority: 999,
  });

  test('is told to the hook of the account when somebody comes', async () => {
    accountHook = { url: 'https://app.example/queues', method: 'POST' };
    const leg = answered();
    expect(await read(joined(leg))).toMatchObject([
      {
        hook: accountHook,
        message: {
          type: 'queue:status',
          data: {
            call_sid: leg.sid,
            event: 'join',
            queue: 'support',
            length: 3,
            join_time: at.getTime(),
          },
        },
      },
    ]);
  });

  test('is told to a hook of its own instead, if it has one', async () => {
    accountHook = { url: 'https://app.example/queues', method: 'POST' };
    queueNotes = { eventHook: { ...hookTo('/support'), username: 'u', sealedPassword: '<p>' } };
    expect(await read(joined(answered()))).toMatchObject([
      { hook: { url: 'https://app.example/support', username: 'u', password: 'p' } },
    ]);
  });

  test('is told to nobody where nobody wants to know', async () => {
    expect(await read(joined(answered()))).toEqual([]);
  });

  test.each([
    ['bridged', 'dequeued'],
    ['dequeued', 'dequeued'],
    ['moved', 'dequeued'],
    ['hangup', 'abandoned'],
    ['left', 'abandoned'],
  ] as const)('that somebody leaves (%s) is told as %s', async (reason, expected) => {
    accountHook = { url: 'https://app.example/queues', method: 'POST' };
    const [leg, agent] = [answered(), answered()];
    const notices = await read({
      ...inQueue(leg),
      type: 'queue.left',
      reason,
      waitedSeconds: 5,
      takenBy: reason === 'bridged' ? agent.id : undefined,
    });
    expect(notices[0]?.message.data).toMatchObject({
      event: 'leave',
      queue: 'support',
      length: 3,
      leave_reason: expected,
      leave_time: at.getTime(),
      ...(reason === 'bridged' && { dequeuer: agent.sid }),
    });
  });
});

describe('a verb whose call is over', () => {
  const cutShort = (leg: LegView, dialect: 'jambonz' | 'native'): NoticeEvent => ({
    ...about(leg),
    type: 'program.cut_short',
    source: { dialect, reference: applicationSid },
    question: { ask: 'action', verb: 'enqueue', queue: 'support', hook: { ...hookTo('/done') } },
    result: { outcome: 'hangup', seconds: 9 },
  });

  test('tells its action hook all the same', async () => {
    const leg = answered();
    expect(await read(cutShort(leg, 'jambonz'))).toMatchObject([
      {
        key: leg.id,
        hook: { url: 'https://app.example/done' },
        message: {
          type: 'verb:hook',
          hook: '/done',
          data: {
            call_sid: leg.sid,
            queue_sid: `queue:${accountSid}:support`,
            queue_time: 9,
            queue_result: 'hangup',
          },
        },
      },
    ]);
  });

  test('of another dialect is not ours to tell', async () => {
    expect(await read(cutShort(answered(), 'native'))).toEqual([]);
  });
});
