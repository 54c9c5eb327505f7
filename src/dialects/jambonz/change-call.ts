import type { Legs, LegView } from '../../core/calls/index.ts';
import type { Conferences } from '../../core/conferences/index.ts';
import type { ProgramSourceRef } from '../../core/programs/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Json } from '../../kernel/json.ts';
import {
  changeIncomplete,
  changeInvalid,
  changeMissing,
  changesMany,
  stateDoesNotFit,
} from './call-errors.ts';
import { conferenceChanges } from './change-conference.ts';
import { hookAsJson, readHook } from './compile/hook-ref.ts';
import { readVerbs } from './compile/read-verbs.ts';
import { playSounds, saySounds } from './compile/sounds.ts';
import { asTag } from './source/leg-tag.ts';

/** What live call control needs. */
export interface ChangeContext {
  readonly legs: Legs;
  readonly conferences: Conferences;
  readonly actor: Actor;
  readonly leg: LegView;
  /** Everything that was sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The legs that this one's program made, that still run. */
  readonly children: readonly LegView[];
  /** Whether those go on with something of their own. */
  readonly keepsChildren: boolean;
  /** Where relative hooks begin. */
  readonly base: string;
  readonly source: ProgramSourceRef;
  readonly seal: (secret: string) => string;
}

export type Change = (value: unknown, context: ChangeContext) => Promise<void> | void;

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** Asks another hook, whose verbs take the place of those that run. */
function redirected(value: unknown, context: ChangeContext, leg: LegView): void {
  const hook = readHook(value, context.base, context.seal);
  if (!hook) throw changeInvalid('call_hook');
  const question = { ask: 'action', verb: 'redirect', hook: hookAsJson(hook) } as const;
  context.legs.run(context.actor, leg.sid, {
    source: context.source,
    instructions: [{ do: 'ask', question }],
  });
}

/** Other verbs for a leg: whom its dial had reached is let go, unless that goes on with verbs of its own. */
const toOther: Change = async (value, context) => {
  redirected(value, context, context.leg);
  if (context.keepsChildren) return;
  const { legs, actor, children } = context;
  await Promise.all(children.map((child) => legs.hangUp(actor, child.sid)));
};

const toChild: Change = (value, context) => {
  const [child] = context.children;
  if (!child) throw stateDoesNotFit(context.leg.sid);
  redirected(value, context, child);
};

const status: Change = async (value, { legs, actor, leg }) => {
  if (value !== 'completed' && value !== 'no-answer') throw changeInvalid('call_status');
  if ((value === 'completed') !== (leg.answeredAt !== undefined)) throw stateDoesNotFit(leg.sid);
  await legs.hangUp(actor, leg.sid);
};

const mute: Change = async (value, { legs, actor, leg }) => {
  if (value !== 'mute' && value !== 'unmute') throw changeInvalid('mute_status');
  await legs.mute(actor, leg.sid, value === 'mute');
};

/** Verbs that can be whispered. */
const whispered = new Set(['say', 'play']);

const whisper: Change = async (value, { legs, actor, leg }) => {
  const verbs = readVerbs([value].flat(), (name) => whispered.has(name));
  const sounds = verbs.flatMap(({ name, properties }) =>
    name === 'say' ? saySounds(properties.text, undefined) : playSounds(properties.url, 0),
  );
  await legs.whisper(actor, leg.sid, sounds);
};

const recordings: Readonly<Record<string, 'start' | 'stop' | 'pause' | 'resume'>> = {
  startCallRecording: 'start',
  stopCallRecording: 'stop',
  pauseCallRecording: 'pause',
  resumeCallRecording: 'resume',
};

const record: Change = async (value, { legs, actor, leg }) => {
  const { action, type, siprecServerURL } = objectOf(value);
  const wanted = recordings[String(action)];
  if (!wanted) throw changeIncomplete('record requires action property');
  if (wanted === 'start' && type !== 'cloud' && !siprecServerURL)
    throw changeIncomplete('record requires siprecServerURL property when starting recording');
  await legs.record(actor, leg.sid, wanted);
};

/** There are no transcripts that could be paused. */
const nothingToSteer: Change = () => undefined;

const streaming: Change = (value, { legs, actor, leg }) => {
  if (value !== 'pause' && value !== 'silence' && value !== 'resume')
    throw changeInvalid('listen_status');
  legs.steerStreams(actor, leg.sid, value);
};

const tag: Change = async (value, { legs, actor, leg }) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw changeInvalid('tag data');
  await legs.tag(actor, leg.sid, asTag({ customerData: value as Json }));
};

/** Milliseconds of a key that nobody chose. */
const usualToneMs = 250;

const dtmf: Change = async (value, { legs, actor, leg }) => {
  const { digit, duration } = objectOf(value);
  if (typeof digit !== 'string' || !/^[0-9A-D*#]{1,128}$/i.test(digit)) throw changeInvalid('dtmf');
  const toneMs = typeof duration === 'number' ? duration : usualToneMs;
  await legs.sendDtmf(actor, leg.sid, {
    digits: digit.toUpperCase(),
    toneMs: Math.min(5_000, Math.max(40, toneMs)),
  });
};

const changes: Readonly<Record<string, Change>> = {
  call_hook: toOther,
  child_call_hook: toChild,
  call_status: status,
  mute_status: mute,
  whisper,
  record,
  listen_status: streaming,
  stream_status: streaming,
  transcribe_status: nothingToSteer,
  tag,
  dtmf,
  ...conferenceChanges,
};

/** Options that may stand beside one other. */
const companions: Readonly<Record<string, readonly string[]>> = {
  child_call_hook: ['call_hook'],
  whisper: Object.keys(changes),
};

/**
 * Does what one option of live call control says.
 * @throws {DomainError} `jambonz.change_*`, `jambonz.state_does_not_fit`, `call.state_conflict`
 * @see contracts/jambonz.json, lcc
 */
export async function changeCall(
  body: Readonly<Record<string, unknown>>,
  given: Omit<ChangeContext, 'keepsChildren' | 'body'>,
): Promise<void> {
  const wanted = Object.keys(body).filter((name) => Object.hasOwn(changes, name) && body[name]);
  if (wanted.length === 0) throw changeMissing();
  const isAllowed = (name: string) =>
    wanted.every((other) => other === name || companions[name]?.includes(other));
  if (wanted.length > 2 || (wanted.length === 2 && !wanted.some(isAllowed))) throw changesMany();
  const context = { ...given, body, keepsChildren: wanted.includes('child_call_hook') };
  for (const name of wanted) await changes[name]?.(body[name], context);
}
