import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

/** Ends the leg. Never finishes: the end of the leg is the end of its program. */
export const hangup: Handler<InstructionOf<'hangup'>> = {
  start(stage, { cause, sipStatus }) {
    const leg = stage.leg();
    stage.ask('hangup', () =>
      stage.engine.hangUp(leg.engineId, cause ?? 'normal', sipStatus ? { sipStatus } : undefined),
    );
  },
};
