import type {
  EngineAudioId,
  EngineBridgeId,
  HangupCause,
  Media,
  PlaybackId,
} from '../../../engine/port/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import { hasEnded, type Leg } from '../../calls/index.ts';
import type { DialInstruction, InstructionResult, RunState } from '../../programs/index.ts';
import { shownCaller } from '../callers.ts';
import { keepWays, outboundLeg, sipWay, toEngineLeg } from '../child-legs.ts';
import type { AbortReason, Input } from '../input.ts';
import { legCreated } from '../leg-events.ts';
import { makeBridge } from '../make-bridge.ts';
import { type PlannedTarget, planDial, routingView } from '../resolve-targets.ts';
import { countryOf, toMedia } from '../sounds.ts';
import type { Handler, Stage } from '../stage.ts';
import { type Typed, watchKeys } from '../watch-keys.ts';
import { applyJoined, letGo } from './bridge.ts';

/**
 * The life of a dial.
 *
 *   ringing ──(one answers)──▶ joining ──(engine joined them)──▶ talking ──(it ends)──▶ done
 *      │ all ended: next attempt, or done
 *      └───────────────▶ done
 *
 * Where whoever answers is asked first, a leg is joined when its own program is over; until then others ring.
 */
type Dialling = RunState & {
  readonly phase: 'ringing' | 'joining' | 'talking';
  readonly children: readonly LegId[];
  readonly answered?: LegId;
  /** Attempts that are still to be made. */
  readonly later: readonly (readonly PlannedTarget[])[];
  /** Which target of the instruction each leg comes from. */
  readonly origins?: Readonly<Record<LegId, number>>;
  readonly bridge?: EngineBridgeId;
  /** The stream that runs while the two talk. */
  readonly stream?: EngineAudioId;
  /** The ringing tone that an answered caller hears meanwhile, or what takes its place. */
  readonly tone?: string;
  /** What takes the place of the ringing tone, as the engine plays it. */
  readonly ringback?: readonly Media[];
  readonly told: boolean;
  /** What was pressed lately by either side. */
  readonly typed?: Readonly<Partial<Record<'caller' | 'callee', Typed>>>;
  /** When the conversation began, in ms since 1970. */
  readonly since?: number;
  /** When it must end. */
  readonly until?: number;
  readonly lastCause?: HangupCause;
  /** The leg that ended last. */
  readonly lastChild?: LegId;
};

const outcomeOf: Partial<Record<HangupCause, InstructionResult['outcome']>> = {
  busy: 'busy',
  no_answer: 'no_answer',
  rejected: 'rejected',
};

/** The deadline of a conversation that may last so long and no longer. */
const tooLong = 'too long';

const talksUntil = (stage: Stage, { mostSeconds }: DialInstruction): number | undefined =>
  mostSeconds ? stage.clock.now().getTime() + mostSeconds * 1_000 : undefined;

/** How the work of making a leg is named; the leg's id follows. */
const makeLeg = 'make ';

/** Makes the legs of one attempt. Their ids are stored before the engine is asked. */
function attempt(
  stage: Stage,
  instruction: DialInstruction,
  targets: readonly PlannedTarget[],
  state: Dialling,
): void {
  const parent = stage.leg();
  const account = stage.directory.account(parent.accountId);
  if (!account) return over(stage, instruction, 'failure');
  const children = targets.map((target) => {
    const wanted = instruction.targets[target.of ?? 0];
    const dialled = wanted?.kind === 'dialled' ? wanted.dialled : parent.dialled;
    const child = outboundLeg({
      callId: parent.callId,
      accountId: parent.accountId,
      role: 'callee',
      target,
      dialled,
      parent,
      program: undefined,
      ...(instruction.tag && { tag: instruction.tag }),
      at: stage.clock.now(),
    });
    stage.live.putLeg(child);
    stage.live.tell(legCreated(child));
    return { child, target, wanted };
  });
  stage.keep({
    ...state,
    phase: 'ringing',
    children: children.map(({ child }) => child.id),
    origins: Object.fromEntries(children.map(({ child, target }) => [child.id, target.of ?? 0])),
  });
  const stored = stage.live.durable();
  for (const { child, target, wanted } of children) {
    const callerId = wanted?.callerId
      ? { ...instruction.callerId, ...wanted.callerId }
      : instruction.callerId;
    const caller = shownCaller(parent, target, callerId, account);
    const { ringTimeoutSeconds: limit } = instruction;
    const all = { ...instruction.headers, ...wanted?.headers };
    const headers = Object.keys(all).length > 0 ? all : undefined;
    const make = async () => {
      const way = await sipWay(stage, target);
      const leg = toEngineLeg(child, target, caller, limit, parent.engineId, headers, way);
      keepWays(stage.live, child, target, leg);
      await stage.engine.dialLeg(leg, { notBefore: stored });
    };
    stage.ask(`${makeLeg}${child.id}`, make, child.id);
  }
}

/** Nobody answered: what follows then, or the end of the leg with the cause. */
function over(stage: Stage, instruction: DialInstruction, cause: HangupCause, legId?: LegId): void {
  if (instruction.otherwise) return stage.replaceWith(instruction.otherwise);
  const program = stage.leg().program;
  const isLast = program !== undefined && program.position === program.instructions.length - 1;
  if (isLast) return stage.replaceWith([{ do: 'hangup', cause }]);
  stage.finish({
    outcome: outcomeOf[cause] ?? 'unreachable',
    reason: cause,
    ...(legId && { legId }),
  });
}

function nextAttempt(stage: Stage, instruction: DialInstruction, state: Dialling): void {
  const [next, ...later] = state.later;
  if (!next) {
    stopTone(stage, state);
    return over(stage, instruction, state.lastCause ?? 'unregistered', state.lastChild);
  }
  if (next.length === 0) return nextAttempt(stage, instruction, { ...state, later });
  attempt(stage, instruction, next, { ...state, later });
}

/** Lets the caller know that it rings: SIP 180 before the answer, a tone after it. */
function tellRinging(stage: Stage, instruction: DialInstruction, state: Dialling): void {
  if (state.told || instruction.ringback) return;
  startTone(stage, state);
}

function startTone(stage: Stage, state: Dialling): void {
  const parent = stage.leg();
  if (parent.state !== 'answered') {
    stage.keep({ ...state, told: true });
    return stage.send('ring', () => stage.engine.ring(parent.engineId));
  }
  const tone = stage.newPlaybackId();
  stage.keep({ ...state, told: true, tone });
  stage.send('ringing tone', () =>
    stage.engine.play(tone as PlaybackId, { leg: parent.engineId }, [
      { kind: 'tone', tone: 'ring', country: countryOf(stage) },
    ]),
  );
}

/** How what takes the place of the ringing tone is got. */
const getRingback = 'ringback';

/** Gets what the caller hears instead of the ringing tone, while it rings already. */
function askRingback(stage: Stage, { ringback }: DialInstruction): void {
  if (!ringback) return;
  stage.ask(getRingback, () => toMedia(stage, ringback), `${stage.legId} ${getRingback}`);
}

function playRingback(stage: Stage, state: Dialling, media: readonly Media[]): void {
  if (state.phase !== 'ringing') return;
  const tone = stage.newPlaybackId();
  const { engineId } = stage.leg();
  stage.keep({ ...state, tone, ringback: media });
  stage.send('ringback', () => stage.engine.play(tone as PlaybackId, { leg: engineId }, media));
}

/** It begins again when it is over; what cannot be played gives way to the ringing tone. */
function ringbackOver(stage: Stage, state: Dialling, ok: boolean): void {
  if (state.phase !== 'ringing') return;
  if (ok && state.ringback) return playRingback(stage, state, state.ringback);
  const { tone: _tone, ringback: _ringback, ...rest } = state;
  startTone(stage, rest as Dialling);
}

function stopTone(stage: Stage, { tone }: Dialling): void {
  if (tone) stage.send('stop tone', () => stage.engine.stopPlayback(tone as PlaybackId));
}

const hangUpAll = (stage: Stage, legIds: readonly LegId[], cause: HangupCause): void => {
  for (const legId of legIds) {
    const leg = stage.live.leg(legId);
    if (!leg || hasEnded(leg)) continue;
    stage.send('hang up', () => stage.engine.hangUp(leg.engineId, cause), legId);
  }
};

/** Whoever answers is asked first, if somebody wants that. */
function askedFirst(
  stage: Stage,
  { targets, confirm }: DialInstruction,
  { origins }: Dialling,
  child: Leg,
): boolean {
  const questions = targets[origins?.[child.id] ?? 0]?.confirm ?? confirm;
  if (questions) stage.confirm(child.id, questions);
  return questions !== undefined;
}

/** The first answer wins: the others are told so, and the two are joined. */
function answeredBy(stage: Stage, instruction: DialInstruction, state: Dialling, child: Leg): void {
  if (state.answered) return hangUpAll(stage, [child.id], 'completed_elsewhere');
  hangUpAll(
    stage,
    state.children.filter((id) => id !== child.id),
    'completed_elsewhere',
  );
  stopTone(stage, state);
  const { tone: _tone, ...rest } = state;
  stage.keep({ ...rest, phase: 'joining', answered: child.id });
  join(stage, instruction, child);
}

function join(stage: Stage, instruction: DialInstruction, child: Leg): void {
  const parent = stage.leg();
  const lane = parent.engineId;
  const letIn = async (bridge: EngineBridgeId) => {
    const answering = parent.state === 'answered' ? undefined : stage.engine.answer(lane);
    const joining = stage.engine.join(bridge, [lane, child.engineId]);
    await Promise.allSettled([answering, joining]);
    await Promise.all([answering, joining]);
  };
  const dtmf = (instruction.dtmfEvents ?? false) || instruction.keyWatch !== undefined;
  stage.ask('join', () =>
    makeBridge(stage.engine, { dtmf, lane, letIn, isWanted: stage.isCurrent }),
  );
}

/** Streams the sound of the leg while the two talk. */
function beginStream(stage: Stage, { stream: wish }: DialInstruction): EngineAudioId | undefined {
  const source = stage.leg().program?.source;
  if (!wish || !source) return undefined;
  const audioId = stage.newPlaybackId() as string as EngineAudioId;
  stage.streams.begin({ audioId, legId: stage.legId, source, wish });
  return audioId;
}

const endStream = (stage: Stage, { stream }: Dialling): void => {
  if (stream) stage.streams.end(stage.legId, stream);
};

function legChanged(
  stage: Stage,
  instruction: DialInstruction,
  state: Dialling,
  input: Extract<Input, { type: 'leg' }>,
): void {
  const child = state.children.includes(input.legId) ? stage.live.leg(input.legId) : undefined;
  if (!child) return;
  if (input.change === 'ringing' || input.change === 'progress')
    return tellRinging(stage, instruction, state);
  if (input.change === 'answered') {
    if (instruction.detect && !state.answered) stage.detect(child.id, instruction.detect);
    const isFirst = !state.answered && !askedFirst(stage, instruction, state, child);
    if (isFirst || state.answered) answeredBy(stage, instruction, state, child);
    return;
  }
  if (input.change === 'accepted') return answeredBy(stage, instruction, state, child);
  childEnded(stage, instruction, state, child);
}

function childEnded(stage: Stage, instruction: DialInstruction, state: Dialling, child: Leg): void {
  if (child.id === state.answered) {
    letGo(stage, state.bridge);
    endStream(stage, state);
    const seconds = state.since ? (stage.clock.now().getTime() - state.since) / 1_000 : 0;
    return stage.finish({ outcome: 'answered', legId: child.id, seconds });
  }
  if (state.answered) return;
  const last = { lastCause: child.cause ?? 'failure', lastChild: child.id } as const;
  stage.keep({ ...state, ...last });
  const open = state.children.some((id) => {
    const leg = stage.live.leg(id);
    return leg && !hasEnded(leg);
  });
  if (!open) nextAttempt(stage, instruction, { ...state, ...last });
}

function begin(stage: Stage, instruction: DialInstruction): void {
  const view = routingView(stage, stage.leg().accountId);
  if (!view) return over(stage, instruction, 'failure');
  const plan = planDial(view, instruction);
  if (plan.kind === 'instead') return stage.replaceWith(plan.instructions);
  askRingback(stage, instruction);
  nextAttempt(stage, instruction, {
    phase: 'ringing',
    children: [],
    later: plan.attempts,
    told: false,
  });
}

/** Goes on after the server was away: what ended meanwhile has been told as leg inputs before. */
function goOn(stage: Stage, instruction: DialInstruction, state: Dialling): void {
  if (!state.children) return begin(stage, instruction);
  const answered = state.answered && stage.live.leg(state.answered);
  if (answered && hasEnded(answered)) return childEnded(stage, instruction, state, answered);
  if (answered && state.phase === 'joining') return join(stage, instruction, answered);
  if (answered && state.until) stage.wakeAt(tooLong, new Date(state.until));
  if (answered) return;
  const legs = state.children.flatMap((id) => stage.live.leg(id) ?? []);
  const up = legs.filter((leg) => leg.state === 'answered' && !leg.program);
  const accepted = up.find((leg) => !askedFirst(stage, instruction, state, leg));
  if (accepted) return answeredBy(stage, instruction, state, accepted);
  if (legs.every(hasEnded)) return nextAttempt(stage, instruction, state);
  if (instruction.ringback) {
    stopTone(stage, state);
    askRingback(stage, instruction);
  }
}

/** Tells the source of keys that complete a sequence. */
function pressed(
  stage: Stage,
  { keyWatch }: DialInstruction,
  state: Dialling,
  side: 'caller' | 'callee',
  digit: string,
): void {
  if (!keyWatch || state.phase !== 'talking' || !state.answered) return;
  const at = stage.clock.now().getTime();
  const { typed, hit } = watchKeys(keyWatch[side], state.typed?.[side], digit, at);
  stage.keep({ ...state, typed: { ...state.typed, [side]: typed } });
  if (!hit) return;
  const legId = side === 'caller' ? stage.legId : state.answered;
  stage.notify(legId, { notice: keyWatch.notice, digits: hit });
}

function cutShort(stage: Stage, state: Dialling, reason: AbortReason): void {
  if (!state.children) return;
  const waiting = state.children.filter((id) => id !== state.answered);
  if (reason === 'hangup') {
    // A leg that ends takes along those whom nobody needs any more, but not who is still being asked.
    const asked = waiting.filter((id) => stage.live.leg(id)?.program);
    hangUpAll(stage, asked, 'normal');
  } else {
    stopTone(stage, state);
    hangUpAll(stage, waiting, 'completed_elsewhere');
  }
  endStream(stage, state);
  letGo(stage, state.bridge);
}

/** A leg that could not be made is over; legs that could not be joined are let go. */
function workFailed(stage: Stage, state: Dialling, work: string): void {
  if (work.startsWith(makeLeg))
    return stage.endLeg(work.slice(makeLeg.length) as LegId, 'unregistered');
  if (work === 'join' && state.answered) hangUpAll(stage, [state.answered], 'failure');
}

/** Rings others and joins the leg with the first that answers, until one of the two ends. */
export const dial: Handler<DialInstruction, Dialling> = {
  start: begin,
  on(stage, instruction, state, input) {
    if (!state.children) return;
    if (input.type === 'leg') return legChanged(stage, instruction, state, input);
    if (input.type === 'dtmf') return pressed(stage, instruction, state, 'caller', input.digit);
    if (input.type === 'far_dtmf' && input.legId === state.answered)
      return pressed(stage, instruction, state, 'callee', input.digit);
    if (input.type === 'playback_finished' && input.playback === state.tone)
      return ringbackOver(stage, state, input.ok);
    if (input.type === 'work_done' && input.work === getRingback)
      return playRingback(stage, state, input.value as readonly Media[]);
    if (input.type === 'work_failed' && input.work === getRingback)
      return ringbackOver(stage, state, false);
    if (input.type === 'work_done' && input.work === 'join') {
      const bridge = input.value as EngineBridgeId;
      const until = talksUntil(stage, instruction);
      const since = stage.clock.now().getTime();
      const stream = beginStream(stage, instruction);
      const talking = { phase: 'talking', bridge, since } as const;
      stage.keep({ ...state, ...talking, ...(until && { until }), ...(stream && { stream }) });
      if (until) stage.wakeAt(tooLong, new Date(until));
      if (state.answered) applyJoined(stage, [stage.legId, state.answered], bridge);
    }
    if (input.type === 'work_failed') workFailed(stage, state, input.work);
    if (input.type === 'deadline' && input.name === tooLong && state.answered)
      hangUpAll(stage, [state.answered], 'normal');
  },
  resume: goOn,
  abort: (stage, _instruction, state, reason) => cutShort(stage, state, reason),
};
