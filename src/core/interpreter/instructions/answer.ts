import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

/** Answers an arrived leg. Done when the engine reports it; a leg that is up already is fine. */
export const answer: Handler<InstructionOf<'answer'>> = {
  start(stage) {
    const leg = stage.leg();
    if (leg.state === 'answered') return stage.finish({ outcome: 'done' });
    stage.ask('answer', () => stage.engine.answer(leg.engineId));
  },
  on(stage, _instruction, _state, input) {
    if (input.type === 'self_answered') stage.finish({ outcome: 'done' });
    if (input.type === 'work_failed') stage.finish({ outcome: 'failed' });
  },
};
