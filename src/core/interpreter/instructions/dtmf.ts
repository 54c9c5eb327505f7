import type { InstructionOf } from '../../programs/index.ts';
import type { Handler } from '../stage.ts';

export const standardTiming = { toneMs: 160, gapMs: 80 } as const;

/** Sends keys to the far side of the leg. @see RFC 4733 */
export const dtmf: Handler<InstructionOf<'dtmf'>> = {
  start(stage, { digits, toneMs, gapMs }) {
    const leg = stage.leg();
    const timing = {
      toneMs: toneMs ?? standardTiming.toneMs,
      gapMs: gapMs ?? standardTiming.gapMs,
    };
    stage.ask('dtmf', () => stage.engine.sendDtmf(leg.engineId, digits, timing));
    const wholeMs = digits.length * (timing.toneMs + timing.gapMs);
    stage.wakeAt('sent', new Date(stage.clock.now().getTime() + wholeMs));
  },
  on(stage, _instruction, _state, input) {
    if (input.type === 'deadline') stage.finish({ outcome: 'done' });
    if (input.type === 'work_failed') stage.finish({ outcome: 'failed' });
  },
};
