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
          {
            type: 'sip',
            sipUri: 'sip:dave@elsewhere.example',
            auth: { username: 'u', password: 'p' },
            from: { user: '+4930999', host: 'acme.example' },
            headers: { 'X-Own': '1' },
          },
          { type: 'user', name: 'alice' },
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
          {
            kind: 'sip',
            uri: 'sip:dave@elsewhere.example',
            username: 'u',
            sealedPassword: 'sealed p',
            fromHost: 'acme.example',
            headers: { 'X-Own': '1' },
            callerId: { number: '+4930999' },
          },
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

  const dialOf = (properties: object) =>
    compiled([{ verb: 'dial', target: [{ type: 'user', name: 'alice' }], ...properties }], {
      isUp: true,
    })[0];

  test('has whoever answers asked: by its own hook, or the one for all', () => {
    const asks = (written: string, method = 'POST') => [
      {
        do: 'ask',
        question: {
          ask: 'confirm',
          hook: { written, url: `https://app.example${written}`, method },
        },
        otherwise: [{ do: 'hangup', cause: 'normal' }],
      },
    ];
    const target = [
      { type: 'user', name: 'alice', confirmHook: '/alice', method: 'GET' },
      { type: 'user', name: 'bob' },
    ];
    expect(dialOf({ target, confirmHook: '/all' })).toMatchObject({
      confirm: asks('/all'),
      targets: [{ username: 'alice', confirm: asks('/alice', 'GET') }, { username: 'bob' }],
    });
  });

  test('plays music to the caller instead of ringing', () => {
    expect(dialOf({ dialMusic: 'https://a.example/m.mp3' })).toMatchObject({
      ringback: [{ kind: 'url', url: 'https://a.example/m.mp3' }],
    });
  });

  test.each<[string, unknown, readonly string[], readonly string[]]>([
    ['of both sides', ['*2', 'x', '##'], ['*2', '##'], ['*2', '##']],
    ['of each side', { parentCall: ['1'], childCall: ['2', 3] }, ['1'], ['2']],
    ['of one side', { childCall: ['2'] }, [], ['2']],
  ])('watches keys %s', (_what, dtmfCapture, caller, callee) => {
    expect(dialOf({ dtmfCapture, dtmfHook: '/keys' })).toMatchObject({
      keyWatch: { caller, callee, notice: { tell: 'dtmf', hook: { written: '/keys' } } },
    });
    expect(dialOf({ dtmfCapture })).not.toHaveProperty('keyWatch');
  });
});

describe('verbs for whoever answered a dial', () => {
  const ends = [{ verb: 'hangup' }];

  test('are those that suit; one that does not refuses them all', () => {
    const verbs = [
      { verb: 'gather', numDigits: 1, actionHook: '/key' },
      { verb: 'say', text: 'x' },
    ];
    const asked = compiled(verbs, { confirms: 'first', isUp: true, staysOpen: true });
    expect(asked.map((instruction) => instruction.do)).toEqual(['gather', 'ask', 'play']);
    expect(asked[1]).toMatchObject({ question: { within: 'confirm' } });
    const unsuitable = [{ verb: 'dial', target: [{ type: 'user', name: 'x' }] }];
    expect(() => compiled([...verbs, ...unsuitable], { confirms: 'first' })).toThrow(
      expect.objectContaining({ details: { reason: 'invalid instruction: dial' } }),
    );
  });

  test('are, later, left out if they do not suit', () => {
    const verbs = [{ verb: 'pause', length: 1 }, { verb: 'tag', data: { a: 1 } }, ...ends];
    const asked = compiled(verbs, { confirms: 'later', isUp: true });
    expect(asked.map((instruction) => instruction.do)).toEqual(['tag', 'hangup']);
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

describe('listen', () => {
  const url = 'wss://ear.example/x';

  test('streams what the caller says, and takes sound back, until something ends it', () => {
    const verbs = [
      {
        verb: 'listen',
        url,
        wsAuth: { username: 'u', password: 'p' },
        metadata: { a: 1 },
        maxLength: 30,
        finishOnKey: '#',
        passDtmf: true,
        playBeep: true,
        actionHook: '/over',
      },
    ];
    expect(compiled(verbs)).toMatchObject([
      { do: 'answer' },
      { do: 'play', sounds: [{ kind: 'beep' }] },
      {
        do: 'listen',
        finishOnKey: '#',
        mostSeconds: 30,
        stream: {
          ear: 'in',
          earRate: 8_000,
          mouthRate: 8_000,
          words: {
            url,
            username: 'u',
            sealedPassword: 'sealed p',
            metadata: { a: 1 },
            mixType: 'mono',
            passDtmf: true,
            streaming: false,
          },
        },
      },
      { do: 'ask', question: { verb: 'listen' } },
    ]);
  });

  const streamOf = (properties: object) =>
    (compiled([{ verb: 'stream', url, ...properties }], { isUp: true })[0] as { stream: object })
      .stream;

  test.each([
    ['both mixed', { mixType: 'mixed' }, { ear: 'both' }],
    ['left and right', { mixType: 'stereo' }, { ear: 'apart' }],
    ['at another rate', { sampleRate: 16_000 }, { earRate: 16_000, mouthRate: 16_000 }],
    ['at the next rate that there is', { sampleRate: 22_050 }, { earRate: 16_000 }],
    [
      'with another rate back',
      { bidirectionalAudio: { enabled: true, streaming: true, sampleRate: 24_000 } },
      { earRate: 8_000, mouthRate: 24_000, words: { streaming: true } },
    ],
    ['to a hook like the others', { url: '/ear' }, { words: { url: 'wss://app.example/ear' } }],
  ])('gives %s', (_what, properties, expected) => {
    expect(streamOf(properties)).toMatchObject(expected);
  });

  test.each([{ disableBidirectionalAudio: true }, { bidirectionalAudio: { enabled: false } }])(
    'takes nothing back with %j',
    (properties) => {
      expect(streamOf(properties)).not.toHaveProperty('mouthRate');
    },
  );

  test('is refused where it cannot lead', () => {
    expect(() => compiled([{ verb: 'listen', url: 'ftp://old.example' }])).toThrow(
      expect.objectContaining({ code: 'jambonz.hook_url_invalid' }),
    );
  });

  test('begins and ends beside the verbs with config', () => {
    const verbs = [
      { verb: 'config', listen: { enable: true, url } },
      { verb: 'config', listen: { enable: false } },
    ];
    expect(compiled(verbs, { isUp: true })).toMatchObject([
      { do: 'listen-start', stream: { ear: 'in' } },
      { do: 'listen-stop' },
    ]);
  });
});

describe('requests to the phone', () => {
  test('sip:refer asks it to call somebody, and tells what became of that', () => {
    const verbs = [
      {
        verb: 'sip:refer',
        referTo: '+4930222',
        referredBy: 'alice',
        eventHook: '/event',
        actionHook: '/over',
      },
    ];
    expect(compiled(verbs, { isUp: true })).toMatchObject([
      {
        do: 'refer',
        to: 'sip:+4930222@acme.example',
        by: '<sip:alice@acme.example>',
        notice: { tell: 'refer', hook: { written: '/event' } },
      },
      { do: 'ask', question: { verb: 'sip:refer' } },
    ]);
    expect(compiled([{ verb: 'sip:refer', referTo: 'tel:+4930' }], { isUp: true })).toMatchObject([
      { to: 'tel:+4930' },
    ]);
    expect(compiled(verbs)).toEqual([]);
  });

  test('sip:request sends what can be sent', () => {
    const request = (properties: object) =>
      compiled([{ verb: 'sip:request', actionHook: '/over', ...properties }], { isUp: true });
    expect(request({ method: 'message', body: 'Hi' })).toMatchObject([
      {
        do: 'send-request',
        request: { method: 'MESSAGE', contentType: 'text/plain', content: 'Hi' },
      },
      { do: 'ask', question: { verb: 'sip:request' } },
    ]);
    expect(request({ method: 'NOTIFY', headers: { Event: 'talk' } })).toMatchObject([
      { request: { method: 'NOTIFY', headers: { Event: 'talk' } } },
      {},
    ]);
    expect(request({ method: 'INFO', body: 'x' })).toMatchObject([
      { do: 'ask', question: { err: 'INFO cannot be sent in a dialog here' } },
    ]);
  });

  test.each([
    ['+4930222', { kind: 'dialled', dialled: '+4930222' }],
    ['sip:bob@acme.example', { kind: 'endpoint', username: 'bob' }],
    ['202', { kind: 'dialled', dialled: '202' }],
  ])('message goes to %s', (to, expected) => {
    const verb = { verb: 'message', to, from: '201', text: 'Hi', actionHook: '/over' };
    expect(compiled([verb])).toMatchObject([
      { do: 'message', to: expected, from: 'sip:201@acme.example', text: 'Hi' },
      { do: 'ask', question: { verb: 'message' } },
    ]);
  });
});

test('where speech is to be recognized an alert says that nothing does, and the rest goes on', () => {
  const alert = { do: 'ask', question: { ask: 'alert', type: 'no-stt' } };
  const verbs = [
    { verb: 'transcribe', transcriptionHook: '/x' },
    { verb: 'config', transcribe: { enable: true, transcriptionHook: '/x' } },
    { verb: 'gather', input: ['speech', 'digits'], numDigits: 1 },
  ];
  expect(compiled(verbs, { isUp: true })).toMatchObject([alert, alert, alert, { do: 'gather' }]);
});

test('answering machines are detected with config, with the limits that are wanted', () => {
  const amd = { actionHook: '/amd', thresholdWordCount: 4, timers: { noSpeechTimeoutMs: 3_000 } };
  expect(compiled([{ verb: 'config', amd }], { isUp: true })).toMatchObject([
    {
      do: 'detect-answer',
      detect: {
        settings: {
          longestGreetingMs: 1_200,
          noSpeechMs: 3_000,
          decisionMs: 15_000,
          greetingOverMs: 2_000,
          toneMs: 20_000,
        },
        question: { ask: 'amd', hook: { written: '/amd' } },
      },
    },
  ]);
});

test('a recording is started, paused, resumed and stopped with config', () => {
  const verbs = ['start', 'pause', 'resume', 'stop'].map((what) => ({
    verb: 'config',
    record: { action: `${what}CallRecording` },
  }));
  expect(compiled(verbs, { isUp: true }).map((instruction) => instruction.do)).toEqual([
    'record-start',
    'record-pause',
    'record-resume',
    'record-stop',
  ]);
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
