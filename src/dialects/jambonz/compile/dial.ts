import type { DialTarget, Instruction, KeyWatch } from '../../../core/programs/index.ts';
import { detectOf } from './amd.ts';
import {
  answered,
  askAfter,
  type Compiler,
  customerData,
  hookOf,
  numberOf,
  type Progress,
} from './compiler.ts';
import { type HookRef, hookAsJson } from './hook-ref.ts';
import { streamOf } from './listen.ts';
import { playSounds } from './sounds.ts';
import { readHeaders, readTarget } from './targets.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The most targets that ring together. @see contracts/jambonz.json, verbs: dial */
const mostTargets = 10;

/** Asks whoever answered; who cannot be asked is not connected. */
const askWhoAnswered = (hook: HookRef): readonly Instruction[] => [
  {
    do: 'ask',
    question: { ask: 'confirm', hook: hookAsJson(hook) },
    otherwise: [{ do: 'hangup', cause: 'normal' }],
  },
];

/** A target with what it wants for itself. */
function targetOf(given: unknown, progress: Progress): readonly DialTarget[] {
  const { realm, seal } = progress.context;
  const target = readTarget(given, realm, seal);
  if (!target) return [];
  const { confirmHook, method } = given as Properties;
  const hook = hookOf(confirmHook, progress);
  const asWritten: HookRef | undefined =
    hook && typeof confirmHook === 'string' && method === 'GET' ? { ...hook, method } : hook;
  return [{ ...target, ...(asWritten && { confirm: askWhoAnswered(asWritten) }) }];
}

/** Targets in order, each once. */
function targetsOf(given: unknown, progress: Progress): readonly DialTarget[] {
  const all = [given].flat().flatMap((one) => targetOf(one, progress));
  const different = new Map(all.map((target) => [JSON.stringify(target), target]));
  return [...different.values()].slice(0, mostTargets);
}

/** At most so many sequences of so many keys are watched on each side. */
const mostPatterns = 16;
const keyPattern = /^[0-9A-D*#]{1,16}$/;

const patternsOf = (given: unknown): readonly string[] =>
  [given]
    .flat()
    .filter((one): one is string => typeof one === 'string' && keyPattern.test(one))
    .slice(0, mostPatterns);

/** Sequences of keys for which a hook is told: the same for both sides, or for each its own. */
function keyWatchOf(
  { dtmfCapture, dtmfHook }: Properties,
  progress: Progress,
): KeyWatch | undefined {
  const hook = hookOf(dtmfHook, progress);
  if (!hook || typeof dtmfCapture !== 'object' || dtmfCapture === null) return undefined;
  const { parentCall, childCall } = Array.isArray(dtmfCapture)
    ? { parentCall: dtmfCapture as unknown, childCall: dtmfCapture as unknown }
    : (dtmfCapture as Properties);
  return {
    caller: patternsOf(parentCall),
    callee: patternsOf(childCall),
    notice: { tell: 'dtmf', hook: hookAsJson(hook) },
  };
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Rings others and connects the call with the first that takes it. */
export const dial: Compiler = (properties, progress) => {
  const { target, timeout, timeLimit, answerOnBridge, tag, dialMusic, confirmHook } = properties;
  const [number, name] = [text(properties.callerId), text(properties.callerName)];
  const mostSeconds = numberOf(timeLimit, 0);
  const headers = readHeaders(properties.headers);
  const hook = hookOf(properties.actionHook, progress);
  const confirm = hookOf(confirmHook, progress);
  const keyWatch = keyWatchOf(properties, progress);
  const detect = detectOf(properties.amd, progress);
  const stream = streamOf(properties.listen ?? properties.stream, progress);
  const before = answerOnBridge === true ? [] : answered(progress, false);
  progress.isUp = true;
  return [
    ...before,
    {
      do: 'dial',
      targets: targetsOf(target, progress),
      order: 'parallel',
      ringTimeoutSeconds: Math.min(600, Math.max(1, Math.trunc(numberOf(timeout, 60)))),
      ...((number ?? name) && {
        callerId: { ...(number && { number }), ...(name && { name }) },
      }),
      ...(mostSeconds > 0 && { mostSeconds }),
      ...(headers && { headers }),
      ...(tag !== undefined && { tag: customerData(tag) }),
      ...(text(dialMusic) && { ringback: playSounds(dialMusic, 0) }),
      ...(confirm && { confirm: askWhoAnswered(confirm) }),
      ...(keyWatch && { keyWatch }),
      ...(stream && { stream }),
      ...(detect && { detect }),
    },
    ...(hook ? [askAfter('dial', hook, properties.id)] : []),
  ];
};
