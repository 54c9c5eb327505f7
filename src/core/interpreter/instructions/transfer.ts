import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

/** Seconds that the new party may ring. */
const ringTimeoutSeconds = 60;

/**
 * Hands the leg on. Within a program the leg has no partner who could consult, so both ways lead to the
 * new party at once; consultation is a matter of call control.
 */
export const transfer: Handler<InstructionOf<'transfer'>> = {
  start: (stage, { dialled, callerId }) =>
    stage.replaceWith([
      {
        do: 'dial',
        targets: [{ kind: 'dialled', dialled }],
        order: 'parallel',
        ringTimeoutSeconds,
        ...(callerId ? { callerId } : {}),
      },
    ]),
};
