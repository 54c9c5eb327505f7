import { describe, expect, test } from 'vitest';
import { compileVerbs } from './compile-verbs.ts';
import type { CompileContext } from './compiler.ts';

const context: CompileContext = {
  base: 'https://app.example/hooks/start',
  realm: 'acme.example',
  language: undefined,
  isUp: false,
  staysOpen: false,
  seal: (secret) => `sealed ${secret}`,
  known: {
    conferenceHook: () => undefined,
    queueHook: () => undefined,
    legId: () => undefined,
  },
};

const compiled = (verbs: unknown, change: Partial<CompileContext> = {}) =>
  compileVerbs(verbs, { ...context, ...change });

describe('a program', () => {
  test('may be written in both forms', () => {
    const expected = [{ do: 'answer' }, { do: 'silence', seconds: 2 }];
    expect(compiled([{ verb: 'answer' }, { verb: 'pause', length: 2 }])).toEqual(expected);
    expect(compiled([{ answer: {} }, { pause: { length: 2 } }])).toEqual(expected);
  });

  test.each([
    ['no list', { verb: 'answer' }, 'malformed jambonz payload: must be array'],
    ['a text', 'answer', 'malformed jambonz payload: must be array'],
    ['nothing', undefined, 'malformed jambonz payload: must be array'],
    ['a list of texts', ['answer'], 'malformed jambonz payload: must be array of objects'],
    ['a list of nothing', [null], 'malformed jambonz payload: must be array of objects'],
    ['two verbs in one', [{ a: {}, b: {} }], 'malformed jambonz payload: missing verb property'],
    ['an unknown verb', [{ verb: 'dance' }], 'invalid instruction: dance'],
    [
      'a verb that is not served',
      [{ verb: 'llm', vendor: 'x', llmOptions: {} }],
      'invalid instruction: llm',
    ],
    [
      'an unknown property',
      [{ verb: 'say', text: 'x', shout: true }],
      'say: unknown property shout',
    ],
    [
      'a wrong type',
      [{ verb: 'pause', length: 'long' }],
      'pause: property length has invalid data type',
    ],
    ['a missing property', [{ verb: 'redirect' }], 'redirect: missing value for actionHook'],
  ])('that is %s is refused as a whole', (_what, verbs, message) => {
    expect(() => compiled(verbs)).toThrow(
      expect.objectContaining({ code: 'jambonz.invalid_payload', details: { reason: message } }),
    );
  });

  test('that hangs on a hook without an address is refused', () => {
    expect(() => compiled([{ verb: 'redirect', actionHook: 'gopher://old.example' }])).toThrow(
      expect.objectContaining({ code: 'jambonz.hook_url_invalid' }),
    );
  });

  test('of an open session waits when its verbs are over', () => {
    expect(compiled([], { staysOpen: true })).toEqual([{ do: 'wait' }]);
  });
});

describe('hooks', () => {
  const hookOf = (actionHook: unknown) =>
    compiled([{ verb: 'redirect', actionHook }])[0] as unknown as { question: { hook: unknown } };

  test('that are relative begin where the call hook is', () => {
    expect(hookOf('/next').question.hook).toEqual({
      written: '/next',
      url: 'https://app.example/next',
      method: 'POST',
    });
    expect(hookOf('next').question.hook).toMatchObject({ url: 'https://app.example/hooks/next' });
  });

  test('keep their method, and their password sealed', () => {
    const hook = { url: 'https://b.example/x', method: 'GET', username: 'u', password: 'p' };
    expect(hookOf(hook).question.hook).toEqual({
      written: 'https://b.example/x',
      url: 'https://b.example/x',
      method: 'GET',
      username: 'u',
      sealedPassword: 'sealed p',
    });
  });
});

describe('say', () => {
  const answer = { do: 'answer' };

  test('answers, and speaks every text in order', () => {
    expect(compiled([{ verb: 'say', text: ['Hello', 'silence_stream://500', 'again'] }])).toEqual([
      answer,
      {
        do: 'play',
        loop: 1,
        sounds: [
          { kind: 'speech', text: 'Hello' },
          { kind: 'silence', seconds: 0.5 },
          { kind: 'speech', text: 'again' },
        ],
      },
    ]);
  });

  test('is heard before the answer as early media', () => {
    expect(compiled([{ verb: 'say', text: 'Hello', earlyMedia: true }])).toMatchObject([
      { do: 'play' },
    ]);
  });

  test('keeps the pauses of SSML and drops its other tags', () => {
    const text =
      '<speak>One &amp; <break time="250ms"/> <prosody rate="slow">two</prosody></speak>';
    expect(compiled([{ verb: 'say', text }], { isUp: true })).toMatchObject([
      {
        sounds: [
          { kind: 'speech', text: 'One &' },
          { kind: 'silence', seconds: 0.25 },
          { kind: 'speech', text: 'two' },
        ],
      },
    ]);
  });

  test('speaks the language of the verb, else of config, else of the application', () => {
    const verbs = [
      { verb: 'say', text: 'a' },
      { verb: 'config', synthesizer: { vendor: 'google', language: 'fr-FR' } },
      { verb: 'say', text: 'b' },
      { verb: 'say', text: 'c', synthesizer: { vendor: 'aws', language: 'it-IT' } },
      { verb: 'config', reset: 'synthesizer' },
      { verb: 'say', text: 'd' },
    ];
    const heard = compiled(verbs, { language: 'de-DE', isUp: true }).flatMap((instruction) =>
      instruction.do === 'play' ? instruction.sounds : [],
    );
    expect(heard.map((sound) => 'language' in sound && sound.language)).toEqual([
      'de-DE',
      'fr-FR',
      'it-IT',
      'de-DE',
    ]);
  });

  test.each([
    [undefined, 1],
    [3, 3],
    ['2', 2],
    ['forever', 0],
    [-1, 1],
  ])('with loop %s is said that often: %d', (loop, times) => {
    expect(
      compiled([{ verb: 'say', text: 'x', ...(loop !== undefined && { loop }) }])[1],
    ).toMatchObject({
      loop: times,
    });
  });
});

describe('play', () => {
  test('plays addresses in order, the first from an offset in samples, and asks afterwards', () => {
    const verbs = [
      {
        verb: 'play',
        url: ['https://a.example/1.mp3', 'https://a.example/2.wav'],
        seekOffset: 16_000,
        timeoutSecs: 30,
        actionHook: '/played',
      },
    ];
    expect(compiled(verbs, { isUp: true })).toEqual([
      {
        do: 'play',
        loop: 1,
        mostSeconds: 30,
        sounds: [
          { kind: 'url', url: 'https://a.example/1.mp3', seekSeconds: 2 },
          { kind: 'url', url: 'https://a.example/2.wav' },
        ],
      },
      {
        do: 'ask',
        question: {
          ask: 'action',
          verb: 'play',
          hook: { written: '/played', url: 'https://app.example/played', method: 'POST' },
          seekSeconds: 2,
        },
      },
    ]);
  });
});

describe('gather', () => {
  test('collects a number of digits while it speaks, and asks', () => {
    const verbs = [
      {
        verb: 'gather',
        id: 'menu',
        numDigits: 4,
        finishOnKey: '#',
        timeout: 8,
        say: { text: 'Your number, please' },
        actionHook: '/digits',
      },
    ];
    expect(compiled(verbs)).toMatchObject([
      { do: 'answer' },
      {
        do: 'gather',
        maxDigits: 4,
        minDigits: 4,
        finishOnKey: '#',
        timeoutSeconds: 8,
        interDigitSeconds: 8,
        bargeIn: true,
        prompt: [{ kind: 'speech', text: 'Your number, please' }],
      },
      { do: 'ask', question: { ask: 'action', verb: 'gather', id: 'menu' } },
    ]);
  });

  test('waits 15 s for any number of digits if nothing is said', () => {
    expect(compiled([{ verb: 'gather' }], { isUp: true })).toEqual([
      {
        do: 'gather',
        maxDigits: 128,
        minDigits: 1,
        timeoutSeconds: 15,
        interDigitSeconds: 15,
        bargeIn: true,
      },
    ]);
  });

  test('of speech alone says that there is no recognizer', () => {
    expect(compiled([{ verb: 'gather', input: ['speech'], actionHook: '/said' }])).toMatchObject([
      { do: 'ask', question: { ask: 'alert', type: 'no-stt' } },
      { do: 'ask', question: { verb: 'gather', reason: 'error' } },
    ]);
  });
});

describe('dial', () => {
  test('rings all its targets at once, and asks afterwards', () => {
    const verbs = [
      {
        verb: 'dial',
        target: [
          { type: 'phone', number: '15551230001' },
          { type: 'user', name: 'alice' },
          { type: 'user', name: 'bob@acme.example' },
          { type: 'sip', sipUri: 'sip:carol@ACME.example' },
          { type: 'sip', sipUri: 'sip:mallory@elsewhere.example' },
          { type: 'teams', number: '1' },
        ],
        callerId: '+4930111',
        timeout: 20,
        timeLimit: 600,
        headers: { 'X-Order': '7', Via: 'forged', 'X-Bad': 'a\r\nb' },
        tag: { order: 7 },
        actionHook: '/dialled',
      },
    ];
    expect(compiled(verbs)).toMatchObject([
      { do: 'answer' },
      {
        do: 'dial',
        order: 'parallel',
        targets: [
          { kind: 'dialled', dialled: '+15551230001' },
          { kind: 'endpoint', username: 'alice' },
          { kind: 'endpoint', username: 'bob' },
          { kind: 'endpoint', username: 'carol' },
        ],
        callerId: { number: '+4930111' },
        ringTimeoutSeconds: 20,
        mostSeconds: 600,
        headers: { 'X-Order': '7' },
        tag: { customerData: { order: 7 } },
      },
      { do: 'ask', question: { verb: 'dial' } },
    ]);
  });

  test('lets the caller hear the ringing until the answer if it is to answer on bridge', () => {
    const verbs = [
      { verb: 'dial', target: [{ type: 'user', name: 'alice' }], answerOnBridge: true },
    ];
    expect(compiled(verbs)).toMatchObject([{ do: 'dial' }]);
  });
});

describe('the end of a call', () => {
  test('is a hangup, 603 for a caller who was not answered', () => {
    expect(compiled([{ verb: 'hangup' }])).toEqual([
      { do: 'hangup', cause: 'normal', sipStatus: 603 },
    ]);
    expect(compiled([{ verb: 'answer' }, { verb: 'hangup' }])[1]).toEqual({
      do: 'hangup',
      cause: 'normal',
    });
  });

  test('may be a status of one’s own, as long as nobody answered', () => {
    const decline = { verb: 'sip:decline', status: 486, reason: 'Busy' };
    expect(compiled([decline])).toEqual([{ do: 'hangup', cause: 'rejected', sipStatus: 486 }]);
    expect(compiled([{ verb: 'answer' }, decline])).toEqual([{ do: 'answer' }]);
  });
});

test('tag, dtmf, pause and alert are what they say', () => {
  const verbs = [
    { verb: 'tag', data: { order: 7 } },
    { verb: 'dtmf', dtmf: '12#', duration: 250 },
    { verb: 'pause', length: 1.5 },
    { verb: 'alert', message: 'look here' },
  ];
  expect(compiled(verbs, { isUp: true })).toEqual([
    { do: 'tag', data: { customerData: { order: 7 } } },
    { do: 'dtmf', digits: '12#', toneMs: 250 },
    { do: 'silence', seconds: 1.5 },
    {
      do: 'ask',
      question: { ask: 'alert', type: 'alert-from-application', message: 'look here' },
    },
  ]);
});
