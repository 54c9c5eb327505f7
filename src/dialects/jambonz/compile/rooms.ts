import type { Instruction, Meanwhile } from '../../../core/programs/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { askAfter, type Compiler, hookOf, numberOf, type Progress } from './compiler.ts';
import { type HookRef, hookAsJson } from './hook-ref.ts';
import type { Verb } from './read-verbs.ts';

/** Seconds of music where a wait hook has nothing to say, or does not answer; then it is asked again. */
const musicSeconds = 10;

/** The longest time that a conference goes on without its moderator, in seconds. */
const longestGrace = 86_400;

/** The most participants that a conference may be asked to have. */
const mostParticipants = 10_000;

/** Nobody: a call that is to be taken out of a queue and is not there. */
const nobody = '00000000-0000-0000-0000-000000000000' as LegId;

/** Verbs that may be said where a leg waits. @see contracts/jambonz.json, verb_rules: sub_sessions */
const waitingVerbs: Readonly<Record<string, readonly string[]>> = {
  'enqueue wait': ['play', 'say', 'pause', 'leave', 'tag'],
  'conference wait': ['play', 'say', 'pause'],
  'conference enter': ['play', 'say', 'pause'],
};

/** The verbs that may answer a question; `undefined`: all. */
export const verbsThatAnswer = ({ verb, ask }: JsonObject): readonly string[] | undefined =>
  waitingVerbs[`${String(verb)} ${String(ask)}`];

const asked = (verb: string, ask: 'wait' | 'enter', hook: HookRef): Instruction => ({
  do: 'ask',
  question: { ask, verb, hook: hookAsJson(hook) },
});

/** What somebody hears who waits: a hook says it, again and again. */
export const hearsWhileWaiting = (verb: 'enqueue' | 'conference', hook: HookRef): Meanwhile => ({
  kind: 'program',
  repeat: true,
  instructions: [asked(verb, 'wait', hook), { do: 'music', seconds: musicSeconds }],
});

const nameIn = ({ name }: Verb['properties']): string => String(name).slice(0, 128);

/** The end of a verb is told to its hook, also when the call was over before. */
function endTold(
  verb: string,
  { actionHook, id }: Verb['properties'],
  progress: Progress,
  more: JsonObject = {},
): readonly Instruction[] {
  const hook = hookOf(actionHook, progress);
  return hook ? [{ ...askAfter(verb, hook, id, more), evenIfCutShort: true }] : [];
}

const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Who is told what happens in a conference. */
export const watchWords = (hook: HookRef, events: readonly string[]): JsonObject => ({
  hook: hookAsJson(hook),
  events: [...events],
});

/** Whether some of the events that are told are about who talks. */
export const areAboutTalking = (events: readonly string[]): boolean =>
  events.some((event) => event.endsWith('-talking'));

export const conference: Compiler = (properties, progress) => {
  const { known } = progress.context;
  const name = nameIn(properties);
  const most = Math.trunc(numberOf(properties.maxParticipants, 0));
  const waitHook = known.conferenceHook(name) ?? hookOf(properties.waitHook, progress);
  const enterHook = hookOf(properties.enterHook, progress);
  const statusHook = hookOf(properties.statusHook, progress);
  const events = words(properties.statusEvents);
  const [memberTag, speakOnlyTo] = [text(properties.memberTag), text(properties.speakOnlyTo)];
  const grace = Math.min(longestGrace, numberOf(properties.endConferenceDuration, 0));
  progress.isUp = true;
  return [
    {
      do: 'conference',
      name,
      startOnEnter: properties.startConferenceOnEnter !== false,
      endOnExit: properties.endConferenceOnExit === true,
      joinMuted: properties.joinMuted === true,
      beep: properties.beep === true,
      passKeys: properties.distributeDtmf === true,
      ...(grace > 0 && { endAfterSeconds: grace }),
      ...(most > 1 && { maxParticipants: Math.min(mostParticipants, most) }),
      ...(memberTag && { memberTag }),
      ...(speakOnlyTo && { speakOnlyTo }),
      ...(properties.record !== undefined && { record: true }),
      ...(waitHook && { meanwhile: hearsWhileWaiting('conference', waitHook) }),
      ...(enterHook && { enter: [asked('conference', 'enter', enterHook)] }),
      ...(statusHook && events.length > 0 && { watch: watchWords(statusHook, events) }),
      ...(statusHook && areAboutTalking(events) && { tellTalking: true }),
    },
    ...endTold('conference', properties, progress),
  ];
};

export const enqueue: Compiler = (properties, progress) => {
  const name = nameIn(properties);
  const priority = Math.trunc(numberOf(properties.priority, -1));
  const waitHook = hookOf(properties.waitHook, progress) ?? progress.context.known.queueHook(name);
  progress.isUp = true;
  return [
    {
      do: 'enqueue',
      name,
      ...(priority >= 0 && { priority }),
      ...(waitHook && { meanwhile: hearsWhileWaiting('enqueue', waitHook) }),
    },
    ...endTold('enqueue', properties, progress, { queue: name }),
  ];
};

export const dequeue: Compiler = (properties, progress) => {
  const timeoutSeconds = numberOf(properties.timeout, 0);
  const callSid = text(properties.callSid);
  progress.isUp = true;
  return [
    {
      do: 'dequeue',
      name: nameIn(properties),
      beep: properties.beep === true,
      ...(timeoutSeconds > 0 && { timeoutSeconds }),
      ...(callSid && { legId: progress.context.known.legId(callSid) ?? nobody }),
    },
    ...endTold('dequeue', properties, progress),
  ];
};
