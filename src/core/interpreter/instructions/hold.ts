import type { InstructionOf } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import { setHeld, setMuted } from '../leg-effects.ts';
import type { Handler, Stage } from '../stage.ts';

const finishWithWork = (
  stage: Stage,
  _instruction: unknown,
  _state: unknown,
  input: Input,
): void => {
  if (input.type === 'work_done') stage.finish({ outcome: 'done' });
  if (input.type === 'work_failed') stage.finish({ outcome: 'failed' });
};

/** The leg hears music until `unhold`. */
export const hold: Handler<InstructionOf<'hold'>> = {
  start: (stage) => stage.ask('hold', () => setHeld(stage, stage.legId, 'program', true)),
  on: finishWithWork,
};

export const unhold: Handler<InstructionOf<'unhold'>> = {
  start: (stage) => stage.ask('unhold', () => setHeld(stage, stage.legId, 'program', false)),
  on: finishWithWork,
};

/** What the leg says is not heard until `unmute`. */
export const mute: Handler<InstructionOf<'mute'>> = {
  start: (stage) => stage.ask('mute', () => setMuted(stage, stage.legId, 'program', true)),
  on: finishWithWork,
};

export const unmute: Handler<InstructionOf<'unmute'>> = {
  start: (stage) => stage.ask('unmute', () => setMuted(stage, stage.legId, 'program', false)),
  on: finishWithWork,
};
