import type { DetectWish } from '../../../core/programs/index.ts';
import { type HookReading, hookOf, numberOf } from './compiler.ts';
import { hookAsJson } from './hook-ref.ts';

type Properties = Readonly<Record<string, unknown>>;

/** How long a word lasts: the original counts words of what it understands, here the time of speech is measured. */
const wordMs = 300;

/** @see contracts/jambonz.json, components: amd, amdTimers */
const usual = {
  thresholdWordCount: 9,
  noSpeechTimeoutMs: 5_000,
  decisionTimeoutMs: 15_000,
  toneTimeoutMs: 20_000,
  greetingCompletionTimeoutMs: 2_000,
};

/** Silence after which somebody who greeted shortly is a human. */
const waitingMs = 800;

const objectOf = (given: unknown): Properties =>
  typeof given === 'object' && given !== null ? (given as Properties) : {};

/** What is to be found out about who answers; `undefined` if nobody is to be told. */
export function detectOf(given: unknown, reading: HookReading): DetectWish | undefined {
  const properties = objectOf(given);
  const hook = hookOf(properties.actionHook, reading);
  if (!hook) return undefined;
  const timers = objectOf(properties.timers);
  const ms = (name: Exclude<keyof typeof usual, 'thresholdWordCount'>) =>
    numberOf(timers[name], 0) || usual[name];
  const words = numberOf(properties.thresholdWordCount, 0) || usual.thresholdWordCount;
  return {
    settings: {
      longestGreetingMs: words * wordMs,
      waitingMs,
      noSpeechMs: ms('noSpeechTimeoutMs'),
      decisionMs: ms('decisionTimeoutMs'),
      greetingOverMs: ms('greetingCompletionTimeoutMs'),
      toneMs: ms('toneTimeoutMs'),
    },
    question: { ask: 'amd', verb: 'amd', hook: hookAsJson(hook) },
  };
}
