import { describe, expect, test } from 'vitest';
import type { LegId } from '../../../kernel/ids.ts';
import { compileVerbs } from './compile-verbs.ts';
import type { CompileContext } from './compiler.ts';
import type { HookRef } from './hook-ref.ts';

const base = 'https://app.example/hooks/start';

const hookTo = (written: string): HookRef => ({
  written,
  url: new URL(written, base).href,
  method: 'POST',
});

const context: CompileContext = {
  base,
  realm: 'acme.example',
  language: undefined,
  isUp: false,
  staysOpen: false,
  seal: (secret) => `sealed ${secret}`,
  known: {
    conferenceHook: (name) => (name === 'board' ? hookTo('/board') : undefined),
    queueHook: (name) => (name === 'support' ? hookTo('/support') : undefined),
    legId: (callSid) => (callSid === 'known' ? ('the leg' as LegId) : undefined),
  },
};

const compiled = (verbs: unknown, change: Partial<CompileContext> = {}) =>
  compileVerbs(verbs, { ...context, ...change });

const waits = (verb: string, written: string) => ({
  kind: 'program',
  repeat: true,
  instructions: [
    { do: 'ask', question: { ask: 'wait', verb, hook: hookTo(written) } },
    { do: 'music', seconds: 10 },
  ],
});

describe('conference', () => {
  const plain = {
    do: 'conference',
    name: 'room',
    startOnEnter: true,
    endOnExit: false,
    joinMuted: false,
    beep: false,
    passKeys: false,
  };

  test('is entered by its name', () => {
    expect(compiled([{ verb: 'conference', name: 'room' }])).toEqual([plain]);
  });

  test('takes all that it may be asked for', () => {
    const [instruction, ...more] = compiled([
      {
        verb: 'conference',
        id: 'c1',
        name: 'room',
        beep: true,
        memberTag: 'agent',
        speakOnlyTo: 'customer',
        startConferenceOnEnter: false,
        endConferenceOnExit: true,
        endConferenceDuration: 20,
        maxParticipants: 5,
        joinMuted: true,
        distributeDtmf: true,
        record: { path: 's3://x' },
        actionHook: '/done',
        waitHook: '/wait',
        enterHook: '/enter',
        statusHook: '/status',
        statusEvents: ['start', 'join', 'start-talking'],
      },
    ]);
    expect(instruction).toEqual({
      do: 'conference',
      name: 'room',
      startOnEnter: false,
      endOnExit: true,
      endAfterSeconds: 20,
      joinMuted: true,
      beep: true,
      passKeys: true,
      maxParticipants: 5,
      memberTag: 'agent',
      speakOnlyTo: 'customer',
      record: true,
      meanwhile: waits('conference', '/wait'),
      enter: [
        { do: 'ask', question: { ask: 'enter', verb: 'conference', hook: hookTo('/enter') } },
      ],
      watch: { hook: hookTo('/status'), events: ['start', 'join', 'start-talking'] },
      tellTalking: true,
    });
    expect(more).toEqual([
      {
        do: 'ask',
        question: { ask: 'action', verb: 'conference', hook: hookTo('/done'), id: 'c1' },
        evenIfCutShort: true,
      },
    ]);
  });

  test('has as many participants as it likes unless there may be two at least', () => {
    const most = (maxParticipants: number) =>
      compiled([{ verb: 'conference', name: 'room', maxParticipants }]);
    expect(most(1)).toEqual([plain]);
    expect(most(2)).toEqual([{ ...plain, maxParticipants: 2 }]);
  });

  test('tells nobody of no events', () => {
    expect(compiled([{ verb: 'conference', name: 'room', statusHook: '/status' }])).toEqual([
      plain,
    ]);
  });

  test('that was made ahead has a wait hook of its own', () => {
    const verb = { verb: 'conference', name: 'board', waitHook: '/wait' };
    expect(compiled([verb])).toMatchObject([{ meanwhile: waits('conference', '/board') }]);
  });

  test('refuses whoever is not called', () => {
    expect(() => compiled([{ verb: 'conference' }])).toThrow(
      expect.objectContaining({
        details: { reason: 'conference: missing value for name' },
      }),
    );
  });
});

describe('enqueue', () => {
  test('waits in a queue by its name', () => {
    expect(compiled([{ verb: 'enqueue', name: 'sales' }])).toEqual([
      { do: 'enqueue', name: 'sales' },
    ]);
  });

  test('has a place, something to hear, and tells how it ended whatever happens', () => {
    const verb = { verb: 'enqueue', name: 'sales', priority: 5, waitHook: '/w', actionHook: '/a' };
    expect(compiled([verb])).toEqual([
      { do: 'enqueue', name: 'sales', priority: 5, meanwhile: waits('enqueue', '/w') },
      {
        do: 'ask',
        question: { ask: 'action', verb: 'enqueue', hook: hookTo('/a'), queue: 'sales' },
        evenIfCutShort: true,
      },
    ]);
  });

  test.each([
    [-1, undefined],
    [0, 0],
    [2.5, 2],
  ])('of priority %j comes at %j', (priority, expected) => {
    const [instruction] = compiled([{ verb: 'enqueue', name: 'sales', priority }]);
    expect((instruction as { priority?: number }).priority).toBe(expected);
  });

  test('hears what the queue says, where the verb says nothing', () => {
    const heard = (more: object) => compiled([{ verb: 'enqueue', name: 'support', ...more }]);
    expect(heard({})).toMatchObject([{ meanwhile: waits('enqueue', '/support') }]);
    expect(heard({ waitHook: '/own' })).toMatchObject([{ meanwhile: waits('enqueue', '/own') }]);
  });
});

describe('dequeue', () => {
  test('takes the next one', () => {
    expect(compiled([{ verb: 'dequeue', name: 'sales' }])).toEqual([
      { do: 'dequeue', name: 'sales', beep: false },
    ]);
  });

  test('waits so long, beeps, and takes somebody out of turn', () => {
    const verb = { verb: 'dequeue', name: 'sales', timeout: 30, beep: true, callSid: 'known' };
    expect(compiled([verb])).toEqual([
      { do: 'dequeue', name: 'sales', timeoutSeconds: 30, beep: true, legId: 'the leg' },
    ]);
  });

  test('takes nobody in place of one who is not there', () => {
    const [instruction] = compiled([{ verb: 'dequeue', name: 'sales', callSid: 'gone' }]);
    expect(instruction).toMatchObject({ legId: expect.any(String) });
  });
});

describe('where a leg waits', () => {
  test('leave ends the waiting', () => {
    const only = ['play', 'say', 'pause', 'leave', 'tag'];
    expect(compiled([{ verb: 'leave' }], { only })).toEqual([{ do: 'leave' }]);
  });

  test('only some verbs may be said', () => {
    expect(() => compiled([{ verb: 'leave' }], { only: ['play', 'say', 'pause'] })).toThrow(
      expect.objectContaining({ details: { reason: 'invalid instruction: leave' } }),
    );
  });
});
