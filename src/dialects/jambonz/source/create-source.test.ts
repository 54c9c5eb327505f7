import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { aCall, aLeg } from '../../../../test/support/legs.ts';
import type { AnswerSign } from '../../../core/answers/index.ts';
import { type LegView, viewOfLeg } from '../../../core/calls/index.ts';
import type { HookAnswer, HookRequest } from '../../../core/hooks/index.ts';
import { hookAnswered } from '../../../core/hooks/index.ts';
import type { Awaited, InstructionResult, ProgramSource } from '../../../core/programs/index.ts';
import { newId, newSid, type QueueId } from '../../../kernel/ids.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { silentLogger } from '../../../kernel/logger.ts';
import { compileVerbs } from '../compile/compile-verbs.ts';
import type { Alert } from './alerts.ts';
import type { ApplicationOfCall } from './call-session.ts';
import { createJambonzSource, startOfCall } from './create-source.ts';

const accountSid = newSid();
const application: ApplicationOfCall = {
  sid: newSid(),
  callHook: {
    url: 'https://app.example/hooks/start#rc=2&rp=5xx',
    method: 'POST',
    username: 'u',
    password: 'p',
  },
  statusHook: undefined,
  steps: undefined,
  variables: { shop: 'Berlin' },
  speech: {
    synthesizer: { vendor: 'google', language: 'de-DE', voice: 'x' },
    recognizer: { vendor: 'google', language: 'de-DE' },
  },
};

let requests: HookRequest[];
let answer: () => Partial<HookAnswer>;
let alerts: Alert[];
let views: LegView[];
let source: ProgramSource;

const arrived = (change: Partial<LegView> = {}): LegView => {
  const leg = viewOfLeg(aLeg(aCall(), { number: '+4930111', name: 'Alice', dialled: '+4930222' }));
  const reference = { dialect: 'jambonz', reference: application.sid } as const;
  const view: LegView = { ...leg, state: 'progress', source: reference, ...change };
  views.push(view);
  return view;
};

beforeEach(() => {
  requests = [];
  alerts = [];
  views = [];
  answer = () => ({ body: [] });
  source = createJambonzSource({
    hooks: {
      async ask(request) {
        requests.push(request);
        return {
          status: 200,
          contentType: 'application/json',
          body: undefined,
          text: '',
          ...answer(),
        };
      },
    },
    legs: {
      find: (id) => views.find((view) => view.id === id),
      running: () => views,
      inviteHeaders: async () => ({ 'call-id': 'abc@phone', 'x-order': '7' }),
    },
    conferences: { named: () => undefined },
    queues: { named: () => undefined },
    applications: {
      find: async (_account, sid) => (sid === application.sid ? application : undefined),
    },
    account: async () => ({ sid: accountSid, realm: 'acme.example', secret: 'wh_secret_x' }),
    trunkName: () => 'the carrier',
    raiseAlert: (_account, alert) => void alerts.push(alert),
    sessions: {
      ask: async () => undefined,
      tell: () => false,
      end: () => undefined,
    },
    sockets: { open: () => Promise.reject(new Error('no socket here')) },
    decoder: { decode: async (bytes) => bytes },
    logger: silentLogger,
    box: { seal: (secret) => `<${secret}>`, open: (sealed) => sealed.slice(1, -1) },
  });
});

const put = (leg: LegView, question: Json, result?: InstructionResult) =>
  source.ask({
    source: leg.source ?? { dialect: 'jambonz', reference: 'none' },
    legId: leg.id,
    question,
    result,
    key: 'the key',
  });

describe('a call that arrives', () => {
  test('is asked about with everything that is known of it', async () => {
    const leg = arrived();
    await put(leg, { ask: 'call' });
    expect(requests).toMatchObject([
      {
        url: 'https://app.example/hooks/start',
        method: 'POST',
        username: 'u',
        password: 'p',
        userAgent: 'jambonz',
        idempotencyKey: 'the key',
        retry: { times: 2, on: ['5xx'] },
        payload: {
          call_sid: leg.sid,
          account_sid: accountSid,
          application_sid: application.sid,
          direction: 'inbound',
          from: '+4930111',
          to: '+4930222',
          caller_name: 'Alice',
          call_status: 'trying',
          sip_status: 100,
          sip_reason: 'Trying',
          env_vars: { shop: 'Berlin' },
          defaults: { synthesizer: { vendor: 'google', language: 'de-DE', voice: 'x' } },
          call_id: 'abc@phone',
          sip: {
            headers: { 'x-order': '7' },
            method: 'INVITE',
            calledNumber: '+4930222',
            callingNumber: '+4930111',
          },
        },
      },
    ]);
  });

  test('is signed with the secret of the account over exactly what is sent', async () => {
    await put(arrived(), { ask: 'call' });
    const [request] = requests;
    const headers = request?.sign?.('{"a":1}', 1_700_000_000);
    const expected = createHmac('sha256', 'wh_secret_x').update('1700000000.{"a":1}').digest('hex');
    expect(headers).toEqual({ 'Jambonz-Signature': `t=1700000000,v1=${expected}` });
  });

  test('does what the application says, in its language', async () => {
    answer = () => ({ body: [{ verb: 'say', text: 'Hallo' }] });
    expect(await put(arrived(), { ask: 'call' })).toMatchObject([
      { do: 'answer' },
      { do: 'play', sounds: [{ kind: 'speech', text: 'Hallo', language: 'de-DE' }] },
    ]);
  });

  test('ends when the application says nothing', async () => {
    answer = () => ({ status: 204 });
    expect(await put(arrived(), { ask: 'call' })).toEqual([]);
  });

  test.each<[string, () => Partial<HookAnswer>, string, string]>([
    [
      'HTML',
      () => ({ body: undefined, text: '<html>' }),
      'invalid-app-payload',
      'jambonz.invalid_payload',
    ],
    [
      'what is no list',
      () => ({ body: { verb: 'answer' } }),
      'invalid-app-payload',
      'jambonz.invalid_payload',
    ],
    [
      'an unknown verb',
      () => ({ body: [{ verb: 'dance' }] }),
      'invalid-app-payload',
      'jambonz.invalid_payload',
    ],
    [
      '404',
      () => {
        throw hookAnswered(404);
      },
      'webhook-url-notfound',
      'hook.answered',
    ],
    [
      '401',
      () => {
        throw hookAnswered(401);
      },
      'webhook-auth-failure',
      'hook.answered',
    ],
    [
      '500',
      () => {
        throw hookAnswered(500);
      },
      'webhook-failure',
      'hook.answered',
    ],
  ])(
    'that is answered with %s is an alert, and refused with 480',
    async (_what, given, type, code) => {
      answer = given;
      const asked = put(arrived(), { ask: 'call' });
      await expect(asked).rejects.toMatchObject({ code });
      expect(alerts).toMatchObject([{ type }]);
      expect(startOfCall).toMatchObject([{ otherwise: [{ do: 'hangup', sipStatus: 480 }] }]);
    },
  );

  test('of no application is refused', async () => {
    const leg = arrived({ source: { dialect: 'jambonz', reference: newSid() } });
    await expect(put(leg, { ask: 'call' })).rejects.toMatchObject({
      code: 'jambonz.application_gone',
    });
  });
});

describe('a call of ours', () => {
  test('asks the hook that it was made with, and tells what sticks to it', async () => {
    const leg = arrived({
      direction: 'outbound',
      state: 'answered',
      source: { dialect: 'jambonz', reference: 'none' },
      tag: {
        from: '12345',
        customerData: { orderId: 7 },
        callHook: {
          written: 'x',
          url: 'https://b.example/x',
          method: 'POST',
          username: 'a',
          sealedPassword: '<b>',
        },
      },
    });
    await put(leg, { ask: 'call' });
    expect(requests).toMatchObject([
      {
        url: 'https://b.example/x',
        password: 'b',
        payload: {
          direction: 'outbound',
          from: '12345',
          call_status: 'in-progress',
          sip_status: 200,
          customerData: { orderId: 7 },
        },
      },
    ]);
    expect((requests.at(0)?.payload as JsonObject | undefined)?.sip).toBeUndefined();
  });

  test('runs the verbs that it was made with, and asks nobody', async () => {
    const leg = arrived({ state: 'answered', tag: { steps: '[{"verb":"pause","length":1}]' } });
    expect(await put(leg, { ask: 'call' })).toEqual([{ do: 'silence', seconds: 1 }]);
    expect(requests).toEqual([]);
  });
});

const queueResults = [
  ['bridged', 'bridged'],
  ['hangup', 'hangup'],
  ['left', 'leave'],
  ['dequeued', 'leave'],
  ['failed', 'error'],
] as const;

const dequeueResults = [
  ['bridged', 'complete'],
  ['timeout', 'timeout'],
  ['hangup', 'hangup'],
  ['failed', 'timeout'],
  ['left', 'timeout'],
] as const;

describe('who waits', () => {
  const hook = { written: '/wait', url: 'https://app.example/wait', method: 'POST' } as const;
  const awaited: Awaited = {
    kind: 'queue',
    queueId: newId<QueueId>(),
    name: 'support',
    position: 1,
    length: 3,
    waitedSeconds: 12,
  };
  const waits = (leg: LegView, verb: string, given?: Awaited) =>
    source.ask({
      source: leg.source ?? { dialect: 'jambonz', reference: 'none' },
      legId: leg.id,
      question: { ask: 'wait', verb, hook },
      result: undefined,
      awaited: given,
      key: 'the key',
    });

  test('in a queue is asked about with its place, and nothing of the call but its name', async () => {
    const leg = arrived({ state: 'answered', tag: { customerData: { order: 7 } } });
    answer = () => ({ body: [{ verb: 'say', text: 'Soon.' }, { verb: 'leave' }] });
    const next = await waits(leg, 'enqueue', awaited);
    expect(next).toMatchObject([{ do: 'play' }, { do: 'leave' }]);
    expect(requests.map(({ payload }) => payload)).toEqual([
      {
        queue_sid: `queue:${accountSid}:support`,
        queue_time: 12,
        queue_size: 3,
        queue_position: 1,
        call_sid: leg.sid,
        call_id: leg.id,
        customerData: { order: 7 },
      },
    ]);
  });

  test('for a conference is asked about with what is known of the call', async () => {
    const leg = arrived({ state: 'answered' });
    expect(await waits(leg, 'conference')).toBeUndefined();
    expect(requests).toMatchObject([{ payload: { call_sid: leg.sid, direction: 'inbound' } }]);
  });

  test.each([
    ['enqueue', 'gather'],
    ['enqueue', 'enqueue'],
    ['conference', 'leave'],
    ['conference', 'hangup'],
  ])('in %s may not be told to %s', async (verb, wrong) => {
    const leg = arrived({ state: 'answered' });
    answer = () => ({ body: [{ verb: wrong, name: 'x' }] });
    await expect(waits(leg, verb)).rejects.toMatchObject({ code: 'jambonz.invalid_payload' });
    expect(alerts).toMatchObject([{ type: 'invalid-app-payload', targetSid: leg.sid }]);
  });
});

describe('a verb that ended', () => {
  /** The question that verbs compile to. */
  const questionOf = (verb: object): Json => {
    const compiled = compileVerbs([verb], {
      base: 'https://app.example/hooks/start',
      realm: 'acme.example',
      language: undefined,
      isUp: true,
      staysOpen: false,
      seal: (secret) => `<${secret}>`,
      known: {
        conferenceHook: () => undefined,
        queueHook: () => undefined,
        legId: () => undefined,
      },
    });
    const last = compiled.at(-1);
    if (last?.do !== 'ask') throw new Error('nothing is asked');
    return last.question;
  };

  test.each<[string, object, InstructionResult | undefined, JsonObject]>([
    [
      'gather',
      { verb: 'gather', numDigits: 4 },
      { outcome: 'done', digits: '1234' },
      { digits: '1234', reason: 'dtmfDetected' },
    ],
    ['gather', { verb: 'gather' }, { outcome: 'timeout', digits: '' }, { reason: 'timeout' }],
    ['gather', { verb: 'gather', input: ['speech'] }, undefined, { reason: 'error' }],
    [
      'play',
      { verb: 'play', url: 'https://a.example/1.mp3', seekOffset: 8_000 },
      { outcome: 'done', seconds: 2.5 },
      {
        reason: 'playCompleted',
        playback_seconds: 3,
        playback_milliseconds: 2_500,
        playback_last_offset_pos: '28000',
      },
    ],
    [
      'play',
      { verb: 'play', url: 'https://a.example/1.mp3' },
      { outcome: 'failed' },
      { reason: 'playFailed', status: 'fail' },
    ],
    [
      'dial',
      { verb: 'dial', target: [{ type: 'user', name: 'b' }] },
      { outcome: 'busy' },
      { dial_call_status: 'busy', dial_sip_status: 486 },
    ],
    [
      'dial',
      { verb: 'dial', target: [{ type: 'user', name: 'b' }] },
      { outcome: 'answered', seconds: 4.6 },
      { dial_call_status: 'completed', dial_sip_status: 200, dial_call_duration: 5 },
    ],
    ...queueResults.map(
      ([outcome, queue_result]): [string, object, InstructionResult, JsonObject] => [
        `enqueue ${queue_result}`,
        { verb: 'enqueue', name: 'support' },
        { outcome, seconds: 7 },
        { queue_sid: `queue:${accountSid}:support`, queue_time: 7, queue_result },
      ],
    ),
    ...dequeueResults.map(
      ([outcome, dequeue_result]): [string, object, InstructionResult, JsonObject] => [
        `dequeue ${dequeue_result}`,
        { verb: 'dequeue', name: 'support' },
        { outcome },
        { dequeue_result },
      ],
    ),
    ['conference', { verb: 'conference', name: 'room' }, { outcome: 'ended' }, {}],
    ...(
      [
        [
          { outcome: 'done', sipStatus: 200 },
          { refer_status: 202, final_referred_call_status: 200 },
        ],
        [
          { outcome: 'failed', sipStatus: 486 },
          { refer_status: 202, final_referred_call_status: 486 },
        ],
        [{ outcome: 'timeout' }, { refer_status: 408 }],
        [{ outcome: 'failed' }, { refer_status: 603 }],
      ] as const
    ).map(([result, expected]): [string, object, InstructionResult, JsonObject] => [
      'sip:refer',
      { verb: 'sip:refer', referTo: '202' },
      result,
      expected,
    ]),
    [
      'sip:request',
      { verb: 'sip:request', method: 'MESSAGE', body: 'x' },
      { outcome: 'done' },
      { result: 'success' },
    ],
    [
      'sip:request',
      { verb: 'sip:request', method: 'INFO' },
      undefined,
      { result: 'failed', err: 'INFO cannot be sent in a dialog here' },
    ],
    [
      'message',
      { verb: 'message', to: '202', from: '201', text: 'x' },
      { outcome: 'rejected' },
      { message_status: 'no carriers' },
    ],
    ['redirect', { verb: 'redirect' }, undefined, { call_status: 'in-progress' }],
  ])('tells its action hook: %s', async (_name, verb, result, expected) => {
    const leg = arrived({ state: 'answered' });
    const asked = await put(leg, questionOf({ ...verb, actionHook: '/next' }), result);
    expect(asked).toBeUndefined();
    expect(requests).toMatchObject([
      { url: 'https://app.example/next', payload: { call_sid: leg.sid, ...expected } },
    ]);
  });

  test('names the call that was dialled, and how it ended', async () => {
    const leg = arrived({ state: 'answered' });
    const child = arrived({
      direction: 'outbound',
      parentLegId: leg.id,
      state: 'hangup',
      cause: 'busy',
      sipStatus: 486,
      endedBy: 'party',
    });
    const question = questionOf({
      verb: 'dial',
      target: [{ type: 'user', name: 'b' }],
      actionHook: { url: 'next', username: 'u', password: 'p' },
    });
    await put(leg, question, { outcome: 'busy', legId: child.id });
    expect(requests).toMatchObject([
      {
        url: 'https://app.example/hooks/next',
        username: 'u',
        password: 'p',
        payload: { dial_call_status: 'busy', dial_sip_status: 486, dial_call_sid: child.sid },
      },
    ]);
  });

  test('goes on with the remaining verbs if nothing is answered, else with the new ones', async () => {
    const leg = arrived({ state: 'answered' });
    const question = questionOf({ verb: 'redirect', actionHook: '/next' });
    answer = () => ({ body: [] });
    expect(await put(leg, question)).toBeUndefined();
    answer = () => ({ body: [{ verb: 'hangup' }] });
    expect(await put(leg, question)).toEqual([{ do: 'hangup', cause: 'normal' }]);
  });
});

test('an alert of the application is raised, and nobody is asked', async () => {
  const leg = arrived();
  expect(
    await put(leg, { ask: 'alert', type: 'alert-from-application', message: 'look' }),
  ).toBeUndefined();
  expect(alerts).toEqual([{ type: 'alert-from-application', message: 'look', targetSid: leg.sid }]);
  expect(requests).toEqual([]);
});

describe('whoever answered a dial', () => {
  const hook = { written: '/ok', url: 'https://app.example/ok', method: 'POST' };

  test('is asked by the confirm hook about its own call', async () => {
    const parent = arrived({ state: 'answered' });
    const child = arrived({ direction: 'outbound', state: 'answered', parentLegId: parent.id });
    answer = () => ({ body: [{ verb: 'say', text: 'A call' }] });
    expect(await put(child, { ask: 'confirm', hook })).toMatchObject([{ do: 'play' }]);
    expect(requests).toMatchObject([
      {
        url: 'https://app.example/ok',
        payload: { call_sid: child.sid, parent_call_sid: parent.sid },
      },
    ]);
  });

  test('is taken for willing if nothing is answered, and not if that cannot be understood', async () => {
    const child = arrived({ direction: 'outbound', state: 'answered' });
    answer = () => ({ body: [] });
    expect(await put(child, { ask: 'confirm', hook })).toBeUndefined();
    answer = () => ({ body: [{ verb: 'dial', target: [{ type: 'user', name: 'x' }] }] });
    await expect(put(child, { ask: 'confirm', hook })).rejects.toMatchObject({
      code: 'jambonz.invalid_payload',
    });
    expect(alerts).toMatchObject([{ type: 'invalid-app-payload' }]);
  });
});

test('keys during a conversation are told to their hook, about the call whose they are', async () => {
  const leg = arrived({ state: 'answered' });
  answer = () => ({ body: [{ verb: 'hangup' }] });
  await source.tell?.({
    source: leg.source ?? { dialect: 'jambonz', reference: 'none' },
    legId: leg.id,
    notice: {
      tell: 'dtmf',
      hook: { written: '/keys', url: 'https://app.example/keys', method: 'POST' },
    },
    digits: '*2',
  });
  expect(requests).toMatchObject([
    { url: 'https://app.example/keys', payload: { call_sid: leg.sid, dtmf: '*2' } },
  ]);
});

test.each<[AnswerSign, JsonObject]>([
  [{ sign: 'human' }, { type: 'amd_human_detected' }],
  [
    { sign: 'machine', spokenMs: 3_000 },
    { type: 'amd_machine_detected', reason: 'word count' },
  ],
  [{ sign: 'no_speech' }, { type: 'amd_no_speech_detected' }],
  [{ sign: 'undecided' }, { type: 'amd_decision_timeout' }],
  [{ sign: 'machine_silent' }, { type: 'amd_machine_stopped_speaking' }],
  [
    { sign: 'tone', frequencyHz: 999.96, varianceHz: 0.004 },
    { type: 'amd_tone_detected', frequency: 1_000, variance: 0 },
  ],
  [{ sign: 'no_tone' }, { type: 'amd_tone_timeout' }],
  [{ sign: 'over' }, { type: 'amd_stopped' }],
])('how somebody answers is told to its hook: %j', async (sign, expected) => {
  const leg = arrived({ state: 'answered' });
  const hook = { written: '/amd', url: 'https://app.example/amd', method: 'POST' };
  await source.ask({
    source: leg.source ?? { dialect: 'jambonz', reference: 'none' },
    legId: leg.id,
    question: { ask: 'amd', verb: 'amd', hook },
    result: undefined,
    key: 'x',
    sign,
  });
  expect(requests).toMatchObject([
    { url: 'https://app.example/amd', payload: { call_sid: leg.sid, ...expected } },
  ]);
});
