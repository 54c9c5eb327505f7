import type { Engine, EngineBridgeId, EngineLegId } from '../../engine/port/index.ts';

export interface WantedBridge {
  /** Whether keys pressed in it are reported. */
  readonly dtmf: boolean;
  readonly lane: EngineLegId;
  /** Settles only when the engine is done with every leg. */
  readonly letIn: (bridge: EngineBridgeId) => Promise<void>;
  /** Whether anybody still waits for it when it is there. */
  readonly isWanted: () => boolean;
}

/** A bridge with legs in it. One that cannot be had, or that nobody waits for any more, is given back. */
export async function makeBridge(
  engine: Engine,
  { dtmf, lane, letIn, isWanted }: WantedBridge,
): Promise<EngineBridgeId> {
  const bridge = await engine.createBridge({ dtmf, lane });
  try {
    await letIn(bridge);
    if (!isWanted()) throw new Error('nobody waits for the bridge any more');
    return bridge;
  } catch (error) {
    await engine.destroyBridge(bridge);
    throw error;
  }
}
