import type { EngineBridgeId } from '../../../engine/port/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import { isUp, type Leg } from '../../calls/index.ts';
import type { InstructionOf, RunState } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import { about } from '../leg-events.ts';
import { makeBridge } from '../make-bridge.ts';
import type { Handler, Stage } from '../stage.ts';

type Bridged = RunState & { readonly bridge?: EngineBridgeId };

/** Writes down that legs hear each other, and tells it. */
export function applyJoined(stage: Stage, legIds: readonly LegId[], bridge: EngineBridgeId): void {
  const at = stage.clock.now();
  for (const legId of legIds) {
    const talkedAt = stage.live.leg(legId)?.talkedAt ?? at;
    const leg = stage.live.changeLeg(legId, { bridge, talkedAt });
    if (!leg) continue;
    const withLegIds = legIds.filter((other) => other !== legId);
    stage.live.tell({ ...about(leg, at), type: 'leg.joined', withLegIds });
  }
}

/** Lets go of a bridge that is not needed any more. */
export function letGo(stage: Stage, bridge: EngineBridgeId | undefined): void {
  if (!bridge) return;
  for (const leg of stage.live.legsOf(stage.leg().callId)) {
    if (leg.bridge === bridge) stage.live.changeLeg(leg.id, { bridge: undefined });
  }
  stage.send('destroy bridge', () => stage.engine.destroyBridge(bridge));
}

const leaveFormer = async (stage: Stage, leg: Leg): Promise<void> => {
  if (leg.bridge) await stage.engine.leave(leg.bridge, leg.engineId);
};

/** Joins the leg with another one that is up, wherever that is now, until one of them ends. */
export const bridge: Handler<InstructionOf<'bridge'>, Bridged> = {
  start(stage, { legId }) {
    const other = stage.live.leg(legId);
    const own = stage.leg();
    if (!other || !isUp(other)) return stage.finish({ outcome: 'unreachable' });
    stage.ask('join', async () => {
      await leaveFormer(stage, own);
      await leaveFormer(stage, other);
      return makeBridge(stage.engine, {
        dtmf: false,
        lane: own.engineId,
        letIn: (id) => stage.engine.join(id, [own.engineId, other.engineId]),
        isWanted: stage.isCurrent,
      });
    });
  },
  on(stage, { legId }, state, input: Input) {
    if (input.type === 'work_done' && input.work === 'join') {
      const id = input.value as EngineBridgeId;
      stage.keep({ bridge: id });
      return applyJoined(stage, [stage.legId, legId], id);
    }
    if (input.type === 'work_failed') return stage.finish({ outcome: 'failed' });
    if (input.type === 'leg' && input.change === 'ended' && input.legId === legId) {
      letGo(stage, state.bridge);
      stage.finish({ outcome: 'answered' });
    }
  },
  resume(stage, instruction, state) {
    const other = stage.live.leg(instruction.legId);
    if (!other || !isUp(other)) return stage.finish({ outcome: 'answered' });
    if (!state.bridge) bridge.start(stage, instruction);
  },
  abort: (stage, _instruction, state) => letGo(stage, state.bridge),
};
