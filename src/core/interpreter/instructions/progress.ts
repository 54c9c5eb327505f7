import type { InstructionOf } from '../../programs/index.ts';
import type { Handler, Stage } from '../stage.ts';

/** Tells a waiting caller something; nothing to tell once the leg is up. */
function tell(stage: Stage, what: 'ring' | 'progress'): void {
  const leg = stage.leg();
  if (leg.state === 'answered' || leg.direction === 'outbound')
    return stage.finish({ outcome: 'done' });
  stage.ask(what, () => stage.engine[what](leg.engineId));
}

/** SIP 180 towards the caller. */
export const ring: Handler<InstructionOf<'ring'>> = {
  start: (stage) => tell(stage, 'ring'),
  on: (stage, _instruction, _state, input) => finishAfterWork(stage, input.type),
};

/** SIP 183 towards the caller: what is played next is heard before the call is answered. */
export const progress: Handler<InstructionOf<'progress'>> = {
  start: (stage) => tell(stage, 'progress'),
  on: (stage, _instruction, _state, input) => finishAfterWork(stage, input.type),
};

function finishAfterWork(stage: Stage, input: string): void {
  if (input === 'work_done') stage.finish({ outcome: 'done' });
  if (input === 'work_failed') stage.finish({ outcome: 'failed' });
}
