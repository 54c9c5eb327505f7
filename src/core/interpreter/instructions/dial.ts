import type { EngineBridgeId, HangupCause, PlaybackId } from '../../../engine/port/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import { hasEnded, type Leg } from '../../calls/index.ts';
import type { DialInstruction, InstructionResult, RunState } from '../../programs/index.ts';
import type { RingTarget } from '../../routing/index.ts';
import { shownCaller } from '../callers.ts';
import { outboundLeg, toEngineLeg } from '../child-legs.ts';
import type { AbortReason, Input } from '../input.ts';
import { legCreated } from '../leg-events.ts';
import { makeBridge } from '../make-bridge.ts';
import { planDial, routingView } from '../resolve-targets.ts';
import { countryOf } from '../sounds.ts';
import type { Handler, Stage } from '../stage.ts';
import { applyJoined, letGo } from './bridge.ts';

/**
 * The life of a dial.
 *
 *   ringing ──(one answers)──▶ joining ──(engine joined them)──▶ talking ──(it ends)──▶ done
 *      │ all ended: next attempt, or done
 *      └───────────────▶ done
 */
type Dialling = RunState & {
  readonly phase: 'ringing' | 'joining' | 'talking';
  readonly children: readonly LegId[];
  readonly answered?: LegId;
  /** Attempts that are still to be made. */
  readonly later: readonly (readonly RingTarget[])[];
  readonly bridge?: EngineBridgeId;
  /** The ringing tone that an answered caller hears meanwhile. */
  readonly tone?: string;
  readonly told: boolean;
  /** When the conversation must end, in ms since 1970. */
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
  targets: readonly RingTarget[],
  state: Dialling,
): void {
  const parent = stage.leg();
  const account = stage.directory.account(parent.accountId);
  if (!account) return over(stage, instruction, 'failure');
  const [first] = instruction.targets;
  const dialled = first?.kind === 'dialled' ? first.dialled : parent.dialled;
  const children = targets.map((target) => {
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
    return { child, target };
  });
  stage.keep({ ...state, phase: 'ringing', children: children.map(({ child }) => child.id) });
  const stored = stage.live.durable();
  for (const { child, target } of children) {
    const caller = shownCaller(parent, target, instruction.callerId, account);
    const leg = toEngineLeg(
      child,
      target,
      caller,
      instruction.ringTimeoutSeconds,
      parent.engineId,
      instruction.headers,
    );
    const make = async () => {
      await stored;
      await stage.engine.dialLeg(leg);
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
function tellRinging(stage: Stage, state: Dialling): void {
  if (state.told) return;
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
  const dtmf = instruction.dtmfEvents ?? false;
  stage.ask('join', () =>
    makeBridge(stage.engine, { dtmf, lane, letIn, isWanted: stage.isCurrent }),
  );
}

function legChanged(
  stage: Stage,
  instruction: DialInstruction,
  state: Dialling,
  input: Extract<Input, { type: 'leg' }>,
): void {
  const child = state.children.includes(input.legId) ? stage.live.leg(input.legId) : undefined;
  if (!child) return;
  if (input.change === 'ringing' || input.change === 'progress') return tellRinging(stage, state);
  if (input.change === 'answered') return answeredBy(stage, instruction, state, child);
  childEnded(stage, instruction, state, child);
}

function childEnded(stage: Stage, instruction: DialInstruction, state: Dialling, child: Leg): void {
  if (child.id === state.answered) {
    letGo(stage, state.bridge);
    return stage.finish({ outcome: 'answered', legId: child.id });
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
  const up = legs.find((leg) => leg.state === 'answered');
  if (up) return answeredBy(stage, instruction, state, up);
  if (legs.every(hasEnded)) nextAttempt(stage, instruction, state);
}

function cutShort(stage: Stage, state: Dialling, reason: AbortReason): void {
  if (!state.children) return;
  const waiting = state.children.filter((id) => id !== state.answered);
  const partner = state.answered && stage.live.leg(state.answered);
  const mayStay = reason !== 'hangup' || partner?.program !== undefined;
  if (reason !== 'hangup') stopTone(stage, state);
  hangUpAll(stage, waiting, reason === 'hangup' ? 'normal' : 'completed_elsewhere');
  if (partner && !mayStay) hangUpAll(stage, [partner.id], 'normal');
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
    if (input.type === 'work_done' && input.work === 'join') {
      const bridge = input.value as EngineBridgeId;
      const until = talksUntil(stage, instruction);
      stage.keep({ ...state, phase: 'talking', bridge, ...(until && { until }) });
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
