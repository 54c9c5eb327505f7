import type {
  Contact,
  EndpointName,
  EngineFact,
  EngineLegId,
  EngineRecordingId,
  HangupCause,
  LegOrigin,
  PlaybackId,
  TrunkStatus,
} from '../port/index.ts';
import { q850Of } from '../port/index.ts';
import type { FakeWorld } from './fake-world.ts';

type TransferTarget = Extract<EngineFact, { type: 'leg.transfer_asked' }>['target'];

/** What phones, providers and time do to the engine, in the words of a story. */
export interface Phones {
  /** A call comes in; returns its leg. */
  arrive(call: {
    readonly from: LegOrigin;
    readonly dialled: string;
    readonly callerNumber?: string;
    readonly callerName?: string;
  }): EngineLegId;
  progresses(leg: EngineLegId): void;
  rings(leg: EngineLegId): void;
  answers(leg: EngineLegId): void;
  ends(leg: EngineLegId, cause?: HangupCause, sipStatus?: number): void;
  /** One key after the other. */
  presses(leg: EngineLegId, digits: string): void;
  talks(leg: EngineLegId, talking: boolean): void;
  holds(leg: EngineLegId): void;
  resumes(leg: EngineLegId): void;
  asksTransfer(leg: EngineLegId, target: TransferTarget): void;
  /** A playback has come to its end; without an id the oldest that runs. */
  playsOut(playback?: PlaybackId, ok?: boolean): void;
  endsRecording(recording: EngineRecordingId, ok?: boolean): void;
  registers(endpoint: EndpointName, contacts: readonly Contact[]): void;
  changesTrunk(status: TrunkStatus): void;
}

export function createPhones(
  world: FakeWorld,
  tell: (fact: EngineFact) => void,
  now: () => Date,
): Phones {
  let arrivals = 0;
  return {
    arrive({ from, dialled, callerNumber = '', callerName = '' }) {
      arrivals += 1;
      const leg = `arrived-${arrivals}` as EngineLegId;
      tell({
        type: 'leg.arrived',
        leg,
        at: now(),
        origin: from,
        callerNumber,
        callerName,
        dialled,
      });
      return leg;
    },
    progresses: (leg) => tell({ type: 'leg.progress', leg, at: now() }),
    rings: (leg) => tell({ type: 'leg.ringing', leg, at: now() }),
    answers: (leg) => tell({ type: 'leg.answered', leg, at: now() }),
    ends: (leg, cause = 'normal', sipStatus = undefined) =>
      tell({ type: 'leg.ended', leg, at: now(), cause, q850: q850Of(cause), sipStatus }),
    presses(leg, digits) {
      for (const digit of digits)
        tell({ type: 'leg.dtmf', leg, at: now(), digit, durationMs: 160 });
    },
    talks(leg, talking) {
      if (world.legs.get(leg)?.detectsTalking)
        tell({ type: 'leg.talking', leg, at: now(), talking });
    },
    holds: (leg) => tell({ type: 'leg.phone_held', leg, at: now() }),
    resumes: (leg) => tell({ type: 'leg.phone_resumed', leg, at: now() }),
    asksTransfer: (leg, target) => tell({ type: 'leg.transfer_asked', leg, at: now(), target }),
    playsOut(playback, ok = true) {
      const id = playback ?? [...world.playbacks.keys()][0];
      if (!id) throw new Error('nothing is played');
      tell({ type: 'playback.finished', playback: id, at: now(), ok });
    },
    endsRecording(recording, ok = true) {
      const startedAt = world.recordings.get(recording)?.startedAt ?? now();
      const durationSeconds = (now().getTime() - startedAt.getTime()) / 1000;
      const path = `/recordings/${recording}.wav`;
      tell({ type: 'recording.finished', recording, at: now(), ok, path, durationSeconds });
    },
    registers: (endpoint, contacts) =>
      tell({ type: 'contact.changed', endpoint, at: now(), contacts }),
    changesTrunk: (status) => tell({ type: 'trunk.changed', at: now(), status }),
  };
}
