import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

/** Ends the waiting in which it is run; where nobody waits it does nothing. */
export const leave: Handler<InstructionOf<'leave'>> = {
  start(stage) {
    if (stage.leaveWaiting) return stage.leaveWaiting();
    stage.finish({ outcome: 'failed', reason: 'not waiting' });
  },
};
