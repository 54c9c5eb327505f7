import type { ConferenceId } from '../../../kernel/ids.ts';
import { isUp, secondsBetween } from '../../calls/index.ts';
import {
  type Conference,
  type Participant,
  participantOf,
  whyRefused,
  withParticipant,
  withWatcher,
} from '../../conferences/index.ts';
import type {
  Awaited,
  ConferenceInstruction,
  InstructionResult,
  Meanwhile,
  Sound,
} from '../../programs/index.ts';
import {
  applyCoaching,
  applyLeft,
  conferenceFor,
  endConference,
  type LeftBecause,
  placeOf,
  recordRoom,
  soundInRoom,
  startConference,
  tellJoined,
  tellWaiting,
} from '../conference-room.ts';
import type { AbortReason, Input } from '../input.ts';
import { applyHolder, setMuted } from '../leg-effects.ts';
import {
  type Hears,
  hearMeanwhile,
  resumeMeanwhile,
  startMeanwhile,
  stopMeanwhile,
  type Waiter,
} from '../meanwhile.ts';
import type { Handler, Stage } from '../stage.ts';
import { standardTiming } from './dtmf.ts';

/**
 * The life of a leg in a conference.
 *
 *   answering ──▶ waiting ──(it starts)──▶ entering ──▶ joining ──▶ inside ◀──────┐
 *       │                                     ▲                       │ held      │ joined again
 *       └──(it runs already)──────────────────┘                       ▼           │
 *                                                                   held ──▶ returning
 * From everywhere it may leave.
 */
type Conferring = Hears & {
  readonly phase:
    | 'answering'
    | 'waiting'
    | 'entering'
    | 'joining'
    | 'inside'
    | 'held'
    | 'returning';
  readonly conferenceId?: ConferenceId;
  /** What it is to hear when it is held as soon as it is inside. */
  readonly onceHeld?: Meanwhile;
};

/** How the deadline is named at which a conference without its moderator ends. */
const roomOver = 'conference over';

const stateOf = (stage: Stage) => (stage.leg().program?.run ?? {}) as Partial<Conferring>;

const enterPhase = (stage: Stage, phase: Conferring['phase'], more: Partial<Conferring> = {}) =>
  stage.keep({ ...stateOf(stage), ...more, phase });

/** The conference and the leg's part in it, as they are now. */
function here(stage: Stage): { conference: Conference; own: Participant } | undefined {
  const { conferenceId } = stateOf(stage);
  const conference = conferenceId && stage.live.conferences.get(conferenceId);
  const own = conference && participantOf(conference, stage.legId);
  return own && { conference, own };
}

const changeOwn = (stage: Stage, change: Partial<Participant>): void => {
  const now = here(stage);
  if (now) stage.live.conferences.put(withParticipant(now.conference, stage.legId, change));
};

const waiterOf = (stage: Stage, instruction: ConferenceInstruction): Waiter => ({
  leave: () => out(stage, instruction, { outcome: 'left' }, 'left'),
  awaited(): Awaited | undefined {
    const now = here(stage);
    if (!now) return undefined;
    const { id: conferenceId, name } = now.conference;
    const waitedSeconds = secondsBetween(now.own.cameAt, stage.clock.now());
    return { kind: 'conference', conferenceId, name, waitedSeconds };
  },
  ...(stateOf(stage).phase === 'entering' && { over: () => letIn(stage, instruction) }),
});

/** What everybody hears when it enters. Settings that were made for the conference count more than its own. */
const entrySounds = (
  { beep, enterSound }: ConferenceInstruction,
  { settings }: Conference,
): Sound[] => [
  ...((settings.beep ?? beep) ? [{ kind: 'beep' } as const] : []),
  ...(enterSound ?? []),
];

const newParticipant = (stage: Stage, instruction: ConferenceInstruction): Participant => ({
  legId: stage.legId,
  state: 'entering',
  moderator: instruction.startOnEnter ?? true,
  endOnExit: instruction.endOnExit ?? false,
  endAfterSeconds: instruction.endAfterSeconds ?? 0,
  memberTag: instruction.memberTag,
  coachTag: instruction.speakOnlyTo,
  tellTalking: instruction.tellTalking ?? false,
  holds: false,
  cameAt: stage.clock.now(),
  joinedAt: undefined,
});

/** The conference, watched by the source of the program if that wishes so. */
const watched = (
  stage: Stage,
  { watch: words }: ConferenceInstruction,
  conference: Conference,
): Conference => {
  const { id: legId, program } = stage.leg();
  return words === undefined || !program
    ? conference
    : withWatcher(conference, { dialect: program.source.dialect, legId, words });
};

/** The leg is up: it becomes a participant, who waits or is let in. */
function come(stage: Stage, instruction: ConferenceInstruction): void {
  const leg = stage.leg();
  const before = conferenceFor(stage, leg, instruction);
  const refused = whyRefused(before, instruction.maxParticipants);
  if (refused) return stage.finish({ outcome: 'failed', reason: refused });
  const own = newParticipant(stage, instruction);
  const conference = watched(stage, instruction, {
    ...before,
    endsAt: own.endOnExit ? undefined : before.endsAt,
    participants: [...before.participants, own],
  });
  stage.live.conferences.put(conference);
  enterPhase(stage, 'entering', { conferenceId: conference.id });
  armEnd(stage, conference);
  if (instruction.joinMuted)
    stage.send('mute', () => setMuted(stage, stage.legId, 'conference', true));
  const mayStart = own.moderator || conference.settings.startOnEnter === true;
  if (conference.state === 'waiting' && !mayStart) return waitForStart(stage, instruction);
  if (conference.state === 'waiting') startConference(stage, conference, leg);
  goIn(stage, instruction);
}

function waitForStart(stage: Stage, instruction: ConferenceInstruction): void {
  changeOwn(stage, { state: 'waiting' });
  enterPhase(stage, 'waiting');
  const now = here(stage);
  if (now) tellWaiting(stage, now.conference, stage.leg());
  startMeanwhile(stage, waiterOf(stage, instruction), usually(instruction));
}

/** It is let in, after it has heard what is for it alone. */
function goIn(stage: Stage, instruction: ConferenceInstruction): void {
  stopMeanwhile(stage, waiterOf(stage, instruction));
  changeOwn(stage, { state: 'entering' });
  enterPhase(stage, 'entering');
  const { enter } = instruction;
  if (!enter || enter.length === 0) return letIn(stage, instruction);
  startMeanwhile(stage, waiterOf(stage, instruction), {
    kind: 'program',
    instructions: enter,
    repeat: false,
  });
}

function letIn(stage: Stage, instruction: ConferenceInstruction): void {
  stopMeanwhile(stage, waiterOf(stage, instruction));
  enterPhase(stage, 'joining');
  join(stage);
}

function join(stage: Stage): void {
  const bridge = here(stage)?.conference.bridge;
  const { engineId } = stage.leg();
  if (!bridge) return;
  const steps = [
    () => stage.engine.detectTalking(engineId, true),
    () => placeOf(stage, bridge),
    () => stage.engine.join(bridge, [engineId]),
  ];
  stage.ask('join', async () => {
    for (const step of steps) {
      if (!stage.isCurrent()) throw new Error('it has left meanwhile');
      await step();
    }
  });
}

/** It hears the others now. */
function joined(stage: Stage, instruction: ConferenceInstruction): void {
  const before = here(stage);
  if (!before) return;
  const isFirst = before.own.joinedAt === undefined;
  const joinedAt = before.own.joinedAt ?? stage.clock.now();
  stage.live.changeLeg(stage.legId, {
    bridge: before.conference.bridge,
    talkedAt: stage.leg().talkedAt ?? joinedAt,
  });
  changeOwn(stage, { state: 'inside', joinedAt });
  enterPhase(stage, 'inside');
  const { conference, own } = here(stage) ?? before;
  if (isFirst) {
    tellJoined(stage, conference, stage.leg());
    if (conference.settings.record ?? instruction.record)
      recordRoom(stage, conference, stage.leg());
    soundInRoom(stage, conference, entrySounds(instruction, conference));
  }
  applyCoaching(stage, conference);
  if (own.holds) hold(stage, instruction, stateOf(stage).onceHeld);
}

/** What it hears when nobody says anything else. */
const usually = ({ meanwhile }: ConferenceInstruction): Meanwhile => meanwhile ?? { kind: 'music' };

/** It leaves for a while, and hears something else. */
function hold(stage: Stage, instruction: ConferenceInstruction, meanwhile?: Meanwhile): void {
  const now = here(stage);
  const { bridge } = stage.leg();
  if (!now || !bridge) return;
  const { engineId } = stage.leg();
  changeOwn(stage, { state: 'held' });
  enterPhase(stage, 'held');
  stage.live.changeLeg(stage.legId, { bridge: undefined });
  applyHolder(stage, stage.legId, 'conference', true, stage.clock.now());
  stage.send('leave conference', () => stage.engine.leave(bridge, engineId));
  startMeanwhile(stage, waiterOf(stage, instruction), meanwhile ?? usually(instruction));
  const after = here(stage);
  if (after) applyCoaching(stage, after.conference);
}

function goBack(stage: Stage, instruction: ConferenceInstruction): void {
  stopMeanwhile(stage, waiterOf(stage, instruction));
  enterPhase(stage, 'returning');
  applyHolder(stage, stage.legId, 'conference', false, stage.clock.now());
  join(stage);
}

/** Everything in the engine that was for this conference is taken back. */
function clean(stage: Stage, reason: AbortReason | 'out', { coachTag }: Participant): void {
  const leg = stage.leg();
  const { engineId } = leg;
  const { phase } = stateOf(stage);
  const bridge = here(stage)?.conference.bridge;
  if (coachTag !== undefined) {
    const box = reason === 'hangup' ? `coach ${leg.id}` : leg.id;
    stage.send('coach no more', () => stage.engine.coach(engineId, undefined), box);
  }
  if (reason === 'hangup') return;
  if (bridge && (phase === 'inside' || phase === 'joining' || phase === 'returning'))
    stage.send('leave conference', () => stage.engine.leave(bridge, engineId));
  if (phase !== 'waiting' && phase !== 'entering')
    stage.send('talking', () => stage.engine.detectTalking(engineId, false));
  stage.send('unmute', () => setMuted(stage, leg.id, 'conference', false));
  applyHolder(stage, leg.id, 'conference', false, stage.clock.now());
  stage.live.changeLeg(leg.id, { bridge: undefined });
}

/** The leg takes part no longer, however that came. */
function leave(
  stage: Stage,
  instruction: ConferenceInstruction,
  how: AbortReason | 'out',
  reason: LeftBecause,
): void {
  const now = here(stage);
  if (!now) return;
  stopMeanwhile(stage, waiterOf(stage, instruction), how === 'out' ? 'break' : how);
  clean(stage, how, now.own);
  applyLeft(stage, now.conference, stage.leg(), reason, instruction.exitSound ?? []);
}

function out(
  stage: Stage,
  instruction: ConferenceInstruction,
  result: InstructionResult,
  reason: LeftBecause,
): void {
  const joinedAt = here(stage)?.own.joinedAt;
  const seconds = secondsBetween(joinedAt, stage.clock.now());
  leave(stage, instruction, 'out', reason);
  stage.finish({ ...result, seconds });
}

const armEnd = (stage: Stage, { endsAt }: Conference): void => {
  if (endsAt) stage.wakeAt(roomOver, endsAt);
};

function endIfDue(stage: Stage): void {
  const conference = here(stage)?.conference;
  if (conference?.endsAt && conference.endsAt <= stage.clock.now())
    endConference(stage, conference);
}

function steered(
  stage: Stage,
  instruction: ConferenceInstruction,
  { change, meanwhile }: Extract<Input, { type: 'conference' }>,
): void {
  const { phase } = stateOf(stage);
  const now = here(stage);
  if (!now) return;
  switch (change) {
    case 'started':
      return phase === 'waiting' ? goIn(stage, instruction) : undefined;
    case 'ending':
      return armEnd(stage, now.conference);
    case 'ended':
      return out(stage, instruction, { outcome: 'ended' }, 'ended');
    case 'kicked':
      return out(stage, instruction, { outcome: 'kicked' }, 'kicked');
    case 'held':
      if (phase === 'inside') return hold(stage, instruction, meanwhile);
      if (phase !== 'held') return stage.keep({ ...stateOf(stage), onceHeld: meanwhile });
      stopMeanwhile(stage, waiterOf(stage, instruction));
      return startMeanwhile(stage, waiterOf(stage, instruction), meanwhile ?? usually(instruction));
    case 'resumed':
      return phase === 'held' ? goBack(stage, instruction) : undefined;
  }
}

/** Keys that somebody presses are heard by the others, if that is wished. */
function passKey(stage: Stage, digit: string): void {
  for (const { legId, state } of here(stage)?.conference.participants ?? []) {
    const leg = legId === stage.legId || state !== 'inside' ? undefined : stage.live.leg(legId);
    if (leg)
      stage.send('key', () => stage.engine.sendDtmf(leg.engineId, digit, standardTiming), legId);
  }
}

function hear(stage: Stage, instruction: ConferenceInstruction, input: Input): void {
  const { phase } = stateOf(stage);
  if (phase === 'answering') {
    if (input.type === 'self_answered') come(stage, instruction);
    if (input.type === 'work_failed') stage.finish({ outcome: 'failed', reason: 'engine' });
    return;
  }
  if (hearMeanwhile(stage, waiterOf(stage, instruction), input)) return;
  if (input.type === 'conference') return steered(stage, instruction, input);
  if (input.type === 'deadline' && input.name === roomOver) return endIfDue(stage);
  if (input.type === 'work_done' && input.work === 'join') return joined(stage, instruction);
  if (input.type === 'work_failed' && input.work === 'join')
    return out(stage, instruction, { outcome: 'failed', reason: 'engine' }, 'failed');
  if (input.type === 'dtmf' && phase === 'inside' && instruction.passKeys)
    passKey(stage, input.digit);
}

/** Goes on after the server was away: what happened to others meanwhile is told afterwards. */
function goOn(stage: Stage, instruction: ConferenceInstruction): void {
  const { phase } = stateOf(stage);
  if (phase === undefined || phase === 'answering') return conference.start(stage, instruction);
  const now = here(stage);
  if (!now) return stage.finish({ outcome: 'ended' });
  armEnd(stage, now.conference);
  if (phase === 'joining' || phase === 'returning') return join(stage);
  resumeMeanwhile(stage, waiterOf(stage, instruction));
}

const becauseOf: Record<AbortReason, LeftBecause> = {
  hangup: 'hangup',
  replaced: 'replaced',
  break: 'left',
};

/** Takes part in a conference until the leg leaves it, or it ends. */
export const conference: Handler<ConferenceInstruction, Conferring> = {
  start(stage, instruction) {
    const leg = stage.leg();
    if (isUp(leg)) return come(stage, instruction);
    enterPhase(stage, 'answering');
    stage.ask('answer', () => stage.engine.answer(leg.engineId));
  },
  on: (stage, instruction, _state, input) => hear(stage, instruction, input),
  resume: (stage, instruction) => goOn(stage, instruction),
  cutShort: (stage, _instruction, _state, reason) => ({
    outcome: reason === 'hangup' ? 'hangup' : 'left',
    seconds: secondsBetween(here(stage)?.own.joinedAt, stage.clock.now()),
  }),
  abort: (stage, instruction, _state, reason) =>
    leave(stage, instruction, reason, becauseOf[reason]),
};
