import type { Instruction, Sound } from '../../../core/programs/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { detectOf } from './amd.ts';
import {
  answered,
  askAfter,
  type CompileContext,
  type Compiler,
  customerData,
  hookOf,
  numberOf,
  type Progress,
} from './compiler.ts';
import { dial } from './dial.ts';
import { listen, listenBeside } from './listen.ts';
import { readVerbs, type Verb } from './read-verbs.ts';
import { message, noRecognizer, sipRefer, sipRequest } from './requests.ts';
import { conference, dequeue, enqueue } from './rooms.ts';
import { playSounds, saySounds } from './sounds.ts';

/** How often: a number, or without end. */
const loopOf = (value: unknown): number =>
  value === 'forever' ? 0 : Math.max(1, Math.trunc(numberOf(value, 1)));

/** Samples a second of a seek offset. */
const sampleRate = 8_000;

/** The most digits that anybody waits for. */
const mostDigits = 128;

const languageOf = (synthesizer: unknown): string | undefined => {
  const { language } = (synthesizer ?? {}) as Readonly<Record<string, unknown>>;
  return typeof language === 'string' && language !== '' && language !== 'default'
    ? language
    : undefined;
};

const say: Compiler = ({ text, loop, synthesizer, earlyMedia }, progress) => {
  const sounds = saySounds(text, languageOf(synthesizer) ?? progress.language);
  if (sounds.length === 0) return [];
  return [...answered(progress, earlyMedia), { do: 'play', sounds, loop: loopOf(loop) }];
};

const play: Compiler = (properties, progress) => {
  const { url, loop, earlyMedia, seekOffset, timeoutSecs, actionHook, id } = properties;
  const seekSeconds = numberOf(seekOffset, 0) / sampleRate;
  const mostSeconds = numberOf(timeoutSecs, 0);
  const hook = hookOf(actionHook, progress);
  return [
    ...answered(progress, earlyMedia),
    {
      do: 'play',
      sounds: playSounds(url, seekSeconds),
      loop: loopOf(loop),
      ...(mostSeconds > 0 && { mostSeconds }),
    },
    ...(hook ? [askAfter('play', hook, id, { seekSeconds })] : []),
  ];
};

/** What is heard while keys are awaited. */
function promptOf(properties: Verb['properties'], progress: Progress): readonly Sound[] {
  const { say: spoken, play: played } = properties as Readonly<
    Record<string, Verb['properties'] | undefined>
  >;
  return [
    ...(spoken ? saySounds(spoken.text, languageOf(spoken.synthesizer) ?? progress.language) : []),
    ...(played ? playSounds(played.url, 0) : []),
  ];
}

const gather: Compiler = (properties, progress) => {
  const { actionHook, id, input, timeout, interDigitTimeout, finishOnKey } = properties;
  const hook = hookOf(actionHook, progress);
  const wantsDigits = !Array.isArray(input) || input.length === 0 || input.includes('digits');
  if (!wantsDigits) {
    return [
      noRecognizer('gather'),
      ...(hook ? [askAfter('gather', hook, id, { reason: 'error' })] : []),
    ];
  }
  const wanted = Math.trunc(numberOf(properties.numDigits, 0));
  const maxDigits =
    wanted || Math.min(mostDigits, Math.trunc(numberOf(properties.maxDigits, 0)) || mostDigits);
  const timeoutSeconds = numberOf(timeout, 15);
  const prompt = promptOf(properties, progress);
  const wantsSpeech = Array.isArray(input) && input.includes('speech');
  return [
    ...answered(progress, false),
    ...(wantsSpeech ? [noRecognizer('gather')] : []),
    {
      do: 'gather',
      maxDigits,
      minDigits: wanted || Math.max(1, Math.trunc(numberOf(properties.minDigits, 1))),
      timeoutSeconds,
      interDigitSeconds: numberOf(interDigitTimeout, 0) || timeoutSeconds || 5,
      bargeIn: properties.dtmfBargein !== false,
      ...(typeof finishOnKey === 'string' && finishOnKey !== '' && { finishOnKey }),
      ...(prompt.length > 0 && { prompt }),
    },
    ...(hook ? [askAfter('gather', hook, id)] : []),
  ];
};

const recordings: Readonly<Record<string, Instruction>> = {
  startCallRecording: { do: 'record-start' },
  stopCallRecording: { do: 'record-stop' },
  pauseCallRecording: { do: 'record-pause' },
  resumeCallRecording: { do: 'record-resume' },
};

const isEnabled = (given: unknown): boolean =>
  ((given ?? {}) as Readonly<Record<string, unknown>>).enable === true;

const config: Compiler = (properties, progress) => {
  const { synthesizer, record, reset, listen: heard, stream, amd, transcribe } = properties;
  const detect = detectOf(amd, progress);
  const chosen = languageOf(synthesizer);
  const forgets = [reset].flat().includes('synthesizer');
  if (forgets) progress.language = progress.context.language;
  if (chosen) progress.language = chosen;
  const { action } = (record ?? {}) as Readonly<Record<string, unknown>>;
  const recording = typeof action === 'string' ? recordings[action] : undefined;
  const language = chosen ?? (forgets ? null : undefined);
  return [
    ...(language === undefined ? [] : [{ do: 'tag', data: { language } } as const]),
    ...(recording ? [...answered(progress, false), recording] : []),
    ...listenBeside(heard ?? stream, progress),
    ...(isEnabled(transcribe) ? [noRecognizer('config')] : []),
    ...(detect ? [...answered(progress, false), { do: 'detect-answer', detect } as const] : []),
  ];
};

const compilers: Readonly<Record<string, Compiler>> = {
  answer: (_properties, progress) => answered(progress, false),
  say,
  play,
  gather,
  dial,
  listen,
  stream: listen,
  config,
  conference,
  enqueue,
  dequeue,
  transcribe: () => [noRecognizer('transcribe')],
  message,
  'sip:refer': sipRefer,
  'sip:request': sipRequest,
  leave: () => [{ do: 'leave' }],
  pause: ({ length }) => [{ do: 'silence', seconds: numberOf(length, 0) }],
  tag: ({ data }) => [{ do: 'tag', data: customerData(data) }],
  dtmf: ({ dtmf, duration }, progress) => [
    ...answered(progress, false),
    {
      do: 'dtmf',
      digits: String(dtmf),
      toneMs: Math.min(5_000, Math.max(40, numberOf(duration, 500))),
    },
  ],
  redirect({ actionHook, id }, progress) {
    const hook = hookOf(actionHook, progress);
    return hook ? [askAfter('redirect', hook, id)] : [];
  },
  alert: ({ message }) => [
    {
      do: 'ask',
      question: { ask: 'alert', type: 'alert-from-application', message: String(message) },
    },
  ],
  hangup: (_properties, { isUp }) => [
    { do: 'hangup', cause: 'normal', ...(!isUp && { sipStatus: 603 }) },
  ],
  'sip:decline': ({ status }, { isUp }) =>
    isUp
      ? []
      : [
          {
            do: 'hangup',
            cause: 'rejected',
            sipStatus: Math.min(699, Math.max(400, Math.trunc(numberOf(status, 603)))),
          },
        ],
};

/** What whoever answered may be asked by. @see contracts/jambonz.json, verb_rules.sub_sessions */
const confirming: Readonly<Record<'first' | 'later', ReadonlySet<string>>> = {
  first: new Set([
    ...['say', 'play', 'gather', 'pause', 'hangup', 'tag', 'config', 'dtmf', 'redirect', 'alert'],
    ...['listen', 'stream'],
  ]),
  later: new Set(['config', 'gather', 'say', 'play', 'tag', 'hangup']),
};

/** What is asked later is part of the same confirmation. */
const withinConfirmation = (instruction: Instruction): Instruction =>
  instruction.do === 'ask'
    ? {
        ...instruction,
        question: { ...(instruction.question as JsonObject), within: 'confirm' },
      }
    : instruction;

/**
 * A program of an application as instructions.
 * @param body - what the application answered
 * @throws {DomainError} `jambonz.invalid_payload`, `jambonz.hook_url_invalid`; nothing of it is run then
 */
export function compileVerbs(body: unknown, context: CompileContext): readonly Instruction[] {
  const progress: Progress = { context, language: context.language, isUp: context.isUp };
  const { only, confirms } = context;
  const suits = (name: string) => !confirms || confirming[confirms].has(name);
  const isServed = (name: string) =>
    Object.hasOwn(compilers, name) &&
    (only?.includes(name) ?? true) &&
    (confirms !== 'first' || suits(name));
  const instructions = readVerbs(body, isServed)
    .filter(({ name }) => suits(name))
    .flatMap(({ name, properties }) => [...(compilers[name]?.(properties, progress) ?? [])]);
  if (confirms) return instructions.map(withinConfirmation);
  return context.staysOpen ? [...instructions, { do: 'wait' }] : instructions;
}
