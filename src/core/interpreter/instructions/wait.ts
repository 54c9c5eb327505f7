import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

/** Does nothing until the program is replaced. */
export const wait: Handler<InstructionOf<'wait'>> = {
  start: (stage) => stage.keep({ waiting: true }),
  resume: () => undefined,
};
