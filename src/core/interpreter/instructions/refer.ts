import type { InstructionResult, ReferInstruction, RunState } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import type { Handler, Stage } from '../stage.ts';

type Referring = RunState & {
  /** When it is waited for no longer, in ms since 1970. */
  readonly until: number;
};

const tooLong = 'too long';

const stop = (stage: Stage): void => {
  const { engineId } = stage.leg();
  stage.send('stop referring', () => stage.engine.stopReferring(engineId));
};

function begin(stage: Stage, { to, by, mostSeconds }: ReferInstruction): void {
  const { engineId } = stage.leg();
  const until = stage.clock.now().getTime() + mostSeconds * 1_000;
  stage.keep({ until } satisfies Referring);
  stage.wakeAt(tooLong, new Date(until));
  stage.ask('refer', () => stage.engine.refer(engineId, { to, by }));
}

function over(stage: Stage, { notice }: ReferInstruction, result: InstructionResult): void {
  if (notice !== undefined) stage.notify(stage.legId, { notice, result });
  stage.finish(result);
}

function heard(stage: Stage, instruction: ReferInstruction, input: Input): void {
  if (input.type === 'work_failed') return over(stage, instruction, { outcome: 'failed' });
  if (input.type === 'deadline' && input.name === tooLong) {
    stop(stage);
    return over(stage, instruction, { outcome: 'timeout' });
  }
  if (input.type !== 'referred') return;
  const { ok, sipStatus } = input;
  over(stage, instruction, { outcome: ok ? 'done' : 'failed', ...(sipStatus && { sipStatus }) });
}

/** Asks the party of the leg to call somebody else, and waits for what becomes of that. */
export const refer: Handler<ReferInstruction, Referring> = {
  start: begin,
  on: (stage, instruction, _state, input) => heard(stage, instruction, input),
  resume(stage, instruction, { until }) {
    if (until) stage.wakeAt(tooLong, new Date(until));
    else begin(stage, instruction);
  },
  abort(stage, _instruction, _state, reason) {
    if (reason !== 'hangup') stop(stage);
  },
};
