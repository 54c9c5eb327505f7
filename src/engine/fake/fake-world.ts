import type {
  AudioDirection,
  Contact,
  EndpointName,
  EngineBridgeId,
  EngineFact,
  EngineLegId,
  EngineLegSnapshot,
  EngineRecordingId,
  EngineSnapshot,
  Media,
  MediaTarget,
  PlaybackId,
  TrunkName,
  TrunkStatus,
} from '../port/index.ts';

export interface FakeLeg extends EngineLegSnapshot {
  readonly state: 'down' | 'ringing' | 'up';
  readonly muted: readonly AudioDirection[];
  /** What it hears instead of its bridge. */
  readonly music: boolean;
  readonly silence: boolean;
  /** Who alone hears it in its bridge; undefined: everybody. */
  readonly coaches: readonly EngineLegId[] | undefined;
  /** Whether its talking is reported. */
  readonly detectsTalking: boolean;
  /** The other side of a call between two accounts. */
  readonly twin: EngineLegId | undefined;
}

export interface FakePlayback {
  readonly id: PlaybackId;
  readonly target: MediaTarget;
  readonly media: readonly Media[];
}

export interface FakeRecording {
  readonly id: EngineRecordingId;
  /** What is recorded: a leg, or everybody in a bridge. */
  readonly leg: EngineLegId | undefined;
  readonly bridge: EngineBridgeId | undefined;
  readonly startedAt: Date;
  readonly paused: boolean;
  readonly ended:
    | { readonly ok: boolean; readonly path: string; readonly durationSeconds: number }
    | undefined;
}

/** What is in the engine: changed by commands where they work at once, and by facts. */
export interface FakeWorld {
  readonly legs: Map<EngineLegId, FakeLeg>;
  readonly bridges: Map<EngineBridgeId, Set<EngineLegId>>;
  readonly playbacks: Map<PlaybackId, FakePlayback>;
  readonly playedBefore: Set<PlaybackId>;
  readonly recordings: Map<EngineRecordingId, FakeRecording>;
  readonly contacts: Map<EndpointName, readonly Contact[]>;
  readonly trunks: Map<TrunkName, TrunkStatus>;
  addLeg(id: EngineLegId, state: FakeLeg['state'], at: Date, twin?: EngineLegId): void;
  changeLeg(id: EngineLegId, change: Partial<FakeLeg>): void;
  /** Brings the world to what a fact says. */
  apply(fact: EngineFact): void;
  snapshot(): EngineSnapshot;
  /** The engine was started anew: nothing that ran is there any more. */
  empty(): void;
}

const isOn = (playback: FakePlayback, leg: EngineLegId): boolean =>
  'leg' in playback.target && playback.target.leg === leg;

export function createFakeWorld(): FakeWorld {
  const legs = new Map<EngineLegId, FakeLeg>();
  const bridges = new Map<EngineBridgeId, Set<EngineLegId>>();
  const playbacks = new Map<PlaybackId, FakePlayback>();
  const playedBefore = new Set<PlaybackId>();
  const recordings = new Map<EngineRecordingId, FakeRecording>();
  const contacts = new Map<EndpointName, readonly Contact[]>();
  const trunks = new Map<TrunkName, TrunkStatus>();

  const changeLeg = (id: EngineLegId, change: Partial<FakeLeg>) => {
    const leg = legs.get(id);
    if (leg) legs.set(id, { ...leg, ...change });
  };
  const addLeg: FakeWorld['addLeg'] = (id, state, createdAt, twin) =>
    void legs.set(id, {
      id,
      state,
      createdAt,
      muted: [],
      music: false,
      silence: false,
      coaches: undefined,
      detectsTalking: false,
      twin,
    });
  const endPlayback = (id: PlaybackId) => {
    if (playbacks.delete(id)) playedBefore.add(id);
  };
  const removeLeg = (id: EngineLegId) => {
    legs.delete(id);
    for (const inside of bridges.values()) inside.delete(id);
    for (const playback of playbacks.values()) if (isOn(playback, id)) endPlayback(playback.id);
  };
  return {
    legs,
    bridges,
    playbacks,
    playedBefore,
    recordings,
    contacts,
    trunks,
    addLeg,
    changeLeg,
    apply(fact) {
      switch (fact.type) {
        case 'leg.arrived':
          return legs.has(fact.leg) ? undefined : addLeg(fact.leg, 'ringing', fact.at);
        case 'leg.ringing':
          return changeLeg(fact.leg, { state: 'ringing' });
        case 'leg.answered':
          return changeLeg(fact.leg, { state: 'up' });
        case 'leg.ended':
          return removeLeg(fact.leg);
        case 'playback.finished':
          return endPlayback(fact.playback);
        case 'recording.finished': {
          const recording = recordings.get(fact.recording);
          if (recording) recordings.set(fact.recording, { ...recording, ended: fact });
          return undefined;
        }
        case 'bridge.gone':
          return void bridges.delete(fact.bridge);
        case 'contact.changed':
          return void contacts.set(fact.endpoint, fact.contacts);
        case 'trunk.changed':
          return void trunks.set(fact.status.trunk, fact.status);
        default:
          return undefined;
      }
    },
    snapshot: () => ({
      legs: [...legs.values()].map(({ id, state, createdAt }) => ({ id, state, createdAt })),
      bridges: [...bridges].map(([id, inside]) => ({ id, legs: [...inside] })),
    }),
    empty() {
      legs.clear();
      bridges.clear();
      playbacks.clear();
      recordings.clear();
    },
  };
}
