import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

/** Changes some fields of what the leg's program source keeps with it. */
export const tag: Handler<InstructionOf<'tag'>> = {
  start(stage, { data }) {
    stage.live.changeLeg(stage.legId, { tag: { ...stage.leg().tag, ...data } });
    stage.finish({ outcome: 'done' });
  },
};
