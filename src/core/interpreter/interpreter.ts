import { isDomainError } from '../../kernel/domain-error.ts';
import type { LegId } from '../../kernel/ids.ts';
import { hasEnded, type Leg } from '../calls/index.ts';
import {
  type Instruction,
  type InstructionResult,
  newProgram,
  type ProgramSourceRef,
  type RunState,
  renewedProgram,
  type StoredProgram,
} from '../programs/index.ts';
import { createDetections } from './detections.ts';
import { handlerOf } from './handlers.ts';
import type { AbortReason, Input } from './input.ts';
import { about } from './leg-events.ts';
import { createMailboxes, type Mailboxes } from './leg-mailbox.ts';
import type { InterpreterPorts } from './ports.ts';
import type { Handler, Stage } from './stage.ts';
import { createStreams, type Streams } from './streams.ts';

/** Runs programs on legs: one at a time per leg. */
export interface Interpreter {
  /** Puts a program on a leg, in place of the one that runs, and starts it. */
  run(legId: LegId, source: ProgramSourceRef, instructions: readonly Instruction[]): void;
  /**
   * Adds to the end of a leg's program, before it waits for more. Only for the source that wrote it.
   * @returns whether it is that source's program
   */
  append(legId: LegId, source: ProgramSourceRef, instructions: readonly Instruction[]): boolean;
  /** Starts the program that a leg carries already. */
  begin(legId: LegId): void;
  /** Stops the program of a leg; the leg stays. */
  drop(legId: LegId, reason: AbortReason): void;
  input(legId: LegId, input: Input): void;
  /** Goes on with a stored program after the server was away. */
  resume(legId: LegId): void;
  /** Commands to a leg from outside its program pass the same mailbox. */
  readonly mailboxes: Mailboxes;
  /** The sound of legs on its way to somebody outside. */
  readonly streams: Streams;
}

/** One running program, in this process. */
interface Run {
  /** Grows with every instruction; answers to an older one are not heard. */
  turn: number;
  playbacks: number;
  timers: (() => void)[];
}

const describe = (error: unknown) =>
  isDomainError(error) ? { code: error.code, message: error.message } : { error };

export function createInterpreter(ports: InterpreterPorts): Interpreter {
  const { live, clock, logger } = ports;
  const runs = new Map<LegId, Run>();
  const mailboxes = createMailboxes();
  const streams = createStreams(ports);
  const detections = createDetections(ports, (legId, source, instructions) =>
    run(legId, source, instructions),
  );

  const runOf = (legId: LegId): Run => {
    const known = runs.get(legId);
    if (known) return known;
    const run: Run = { turn: 0, playbacks: 0, timers: [] };
    runs.set(legId, run);
    return run;
  };

  const endTurn = (run: Run) => {
    run.turn += 1;
    for (const forget of run.timers) forget();
    run.timers = [];
  };

  const current = (legId: LegId) => {
    const leg = live.leg(legId);
    const program = leg?.program;
    const instruction = program?.instructions[program.position];
    return leg && program && instruction && !hasEnded(leg)
      ? { leg, program, instruction, handler: handlerOf(instruction) }
      : undefined;
  };

  const setProgram = (legId: LegId, program: StoredProgram | undefined) =>
    live.changeLeg(legId, { program });

  /** A program source from outside keeps the leg, whoever steers it later. */
  const keepSource = (legId: LegId, source: ProgramSourceRef) => {
    const known = live.leg(legId)?.source;
    if (!known || (ports.sources[source.dialect] && known !== source))
      live.changeLeg(legId, { source });
  };

  /** What the handler of the current instruction sees. Deaf once the instruction is over. */
  const stageOf = (legId: LegId): Stage => {
    const run = runOf(legId);
    const { turn } = run;
    const isCurrent = () => runs.get(legId) === run && run.turn === turn;
    const hear = (input: Input) => {
      if (isCurrent()) deliver(legId, input);
    };
    return {
      ...ports,
      legId,
      streams,
      detect(other, wish) {
        const source = live.leg(legId)?.program?.source;
        if (source) detections.begin({ legId: other, askedLegId: legId, source, wish });
      },
      leg: () => live.leg(legId) as Leg,
      isCurrent,
      ask(work, task, mailbox = legId) {
        mailboxes
          .of(mailbox)
          .post(task)
          .then(
            (value) => hear({ type: 'work_done', work, value }),
            (error: unknown) => {
              logger.debug({ legId, work, ...describe(error) }, 'a command failed');
              hear({ type: 'work_failed', work, error });
            },
          );
      },
      send(what, task, mailbox = legId) {
        mailboxes
          .of(mailbox)
          .post(task)
          .catch((error: unknown) =>
            logger.debug({ legId, what, ...describe(error) }, 'a command failed'),
          );
      },
      inform: deliver,
      confirm(other, instructions) {
        const source = live.leg(legId)?.program?.source;
        if (!source) return;
        setProgram(other, { ...newProgram(source, instructions), confirms: true });
        start(other);
      },
      notify(about, notice) {
        const source = live.leg(legId)?.program?.source;
        const told = source && ports.sources[source.dialect];
        if (!source || !told?.tell) return;
        mailboxes
          .of(`${legId} notices`)
          .post(async () => told.tell?.({ ...notice, source, legId: about }))
          .catch((error: unknown) =>
            logger.debug({ legId, ...describe(error) }, 'a notice was not heard'),
          );
      },
      handlerOf,
      wakeAt(name, at) {
        run.timers.push(clock.wakeAt(at, () => hear({ type: 'deadline', name })));
      },
      keep(state) {
        const now = isCurrent() ? current(legId) : undefined;
        if (now) setProgram(legId, { ...now.program, run: state });
      },
      finish: (result) => {
        if (isCurrent()) advance(legId, result);
      },
      restartWith: (instructions) => {
        if (isCurrent()) restart(legId, instructions);
      },
      replaceWith: (instructions) => {
        if (isCurrent()) splice(legId, instructions);
      },
      newPlaybackId() {
        run.playbacks += 1;
        return `${legId}.${run.turn}.${run.playbacks}.${clock.now().getTime().toString(36)}`;
      },
    };
  };

  const start = (legId: LegId): void => {
    const now = current(legId);
    if (!now) {
      if (live.leg(legId)?.program) programOver(legId);
      return;
    }
    setProgram(legId, { ...now.program, run: {} });
    guarded(legId, () =>
      (now.handler as Handler<Instruction>).start(stageOf(legId), now.instruction),
    );
  };

  /** A bug in one handler ends one instruction, not the exchange. */
  const guarded = (legId: LegId, work: () => void) => {
    try {
      work();
    } catch (error) {
      logger.error({ legId, err: error }, 'an instruction failed');
      advance(legId, { outcome: 'failed', reason: 'internal' });
    }
  };

  const deliver = (legId: LegId, input: Input): void => {
    const now = current(legId);
    if (!now?.program.run) return;
    const state: RunState = now.program.run;
    guarded(legId, () =>
      (now.handler as Handler<Instruction>).on?.(stageOf(legId), now.instruction, state, input),
    );
  };

  const advance = (legId: LegId, result: InstructionResult): void => {
    const program = live.leg(legId)?.program;
    if (!program) return;
    logger.debug(
      { legId, step: program.instructions[program.position]?.do, result },
      'instruction done',
    );
    endTurn(runOf(legId));
    setProgram(legId, { ...program, position: program.position + 1, run: undefined, result });
    start(legId);
  };

  const splice = (legId: LegId, instructions: readonly Instruction[]): void => {
    const program = live.leg(legId)?.program;
    if (!program) return;
    endTurn(runOf(legId));
    const rest = program.instructions.slice(program.position + 1);
    setProgram(legId, {
      ...renewedProgram(program, [...instructions, ...rest]),
      ...(program.result && { result: program.result }),
    });
    start(legId);
  };

  const restart = (legId: LegId, instructions: readonly Instruction[]): void => {
    const program = live.leg(legId)?.program;
    if (!program) return;
    endTurn(runOf(legId));
    setProgram(legId, renewedProgram(program, instructions));
    start(legId);
  };

  /** Nothing is left to do: the leg ends, or whoever dialled it may have it. A caller who was not answered is told that it was declined. */
  const programOver = (legId: LegId): void => {
    const leg = live.leg(legId);
    if (!leg || hasEnded(leg)) return;
    if (leg.program?.confirms && leg.parentLegId) {
      setProgram(legId, undefined);
      return deliver(leg.parentLegId, {
        type: 'leg',
        change: 'accepted',
        legId,
        cause: undefined,
      });
    }
    mailboxes
      .of(legId)
      .post(() => ports.engine.hangUp(leg.engineId, 'normal'))
      .catch((error: unknown) => logger.warn({ legId, ...describe(error) }, 'hanging up failed'));
  };

  /** The source is told what it would have been asked next, if it wishes so. */
  const tellCutShort = (legId: LegId, program: StoredProgram, result: InstructionResult): void => {
    const { source, instructions, position } = program;
    const [step, next] = instructions.slice(position);
    logger.debug({ legId, step: step?.do, result }, 'instruction cut short');
    const leg = live.leg(legId);
    if (!leg || next?.do !== 'ask' || !next.evenIfCutShort) return;
    const { question } = next;
    live.tell({ ...about(leg, clock.now()), type: 'program.cut_short', source, question, result });
  };

  const drop = (legId: LegId, reason: AbortReason): void => {
    const leg = live.leg(legId);
    const program = leg?.program;
    const instruction = program?.instructions[program.position];
    if (program?.run && instruction) {
      const stage = stageOf(legId);
      const handler = handlerOf(instruction) as Handler<Instruction>;
      try {
        const result = handler.cutShort?.(stage, instruction, program.run, reason);
        if (result) tellCutShort(legId, program, result);
        handler.abort?.(stage, instruction, program.run, reason);
      } catch (error) {
        logger.error({ legId, err: error }, 'an instruction could not be stopped');
      }
    }
    const run = runs.get(legId);
    if (run) endTurn(run);
    if (reason === 'hangup') {
      streams.end(legId);
      runs.delete(legId);
      mailboxes.forget(legId);
    } else if (program) setProgram(legId, undefined);
  };

  const run: Interpreter['run'] = (legId, source, instructions) => {
    if (live.leg(legId)?.program) drop(legId, 'replaced');
    keepSource(legId, source);
    setProgram(legId, newProgram(source, instructions));
    start(legId);
  };

  return {
    mailboxes,
    streams,
    run,
    append(legId, source, instructions) {
      const program = live.leg(legId)?.program;
      if (program?.source.dialect !== source.dialect) return false;
      if (program.source.reference !== source.reference) return false;
      const waitsAtEnd = program.instructions.at(-1)?.do === 'wait';
      const end = program.instructions.length - (waitsAtEnd ? 1 : 0);
      const rest = program.instructions.slice(end);
      const isIdle = program.position >= end;
      if (isIdle) endTurn(runOf(legId));
      setProgram(legId, {
        ...program,
        instructions: [...program.instructions.slice(0, end), ...instructions, ...rest],
        ...(isIdle && { run: undefined }),
      });
      if (isIdle) start(legId);
      return true;
    },
    begin: start,
    drop,
    input: deliver,
    resume(legId) {
      const now = current(legId);
      if (!now) return start(legId);
      const handler = now.handler as Handler<Instruction>;
      const { run } = now.program;
      if (!run || !handler.resume) return start(legId);
      guarded(legId, () => handler.resume?.(stageOf(legId), now.instruction, run));
    },
  };
}
