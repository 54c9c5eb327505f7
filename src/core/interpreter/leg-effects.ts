import type { EngineRecordingId } from '../../engine/port/index.ts';
import type { DialectName } from '../../kernel/actor.ts';
import {
  type CredentialId,
  type LegId,
  newId,
  type RecordingId,
  type UserId,
} from '../../kernel/ids.ts';
import { type Holder, isHeld, isMuted, type Leg, userOf } from '../calls/index.ts';
import type { Recording } from '../recordings/index.ts';
import { tellTalking } from './conference-room.ts';
import { about } from './leg-events.ts';
import type { InterpreterPorts } from './ports.ts';

type Ports = Pick<InterpreterPorts, 'engine' | 'live' | 'clock'>;

const withHolder = (holders: readonly Holder[], holder: Holder, on: boolean): readonly Holder[] =>
  on ? [...new Set([...holders, holder])] : holders.filter((h) => h !== holder);

/** Whether a leg is held with music and muting. A phone and a conference see to that by themselves. */
const isSilenced = (holders: readonly Holder[]): boolean =>
  holders.some((holder) => holder === 'api' || holder === 'program');

/**
 * Holds or resumes a leg for one holder. A held leg hears music and is not heard; it is held as long as
 * anybody holds it. Resolves when the engine has done it.
 */
export async function setHeld(
  ports: Ports,
  legId: LegId,
  holder: Holder,
  on: boolean,
): Promise<void> {
  const { engine, live, clock } = ports;
  const before = live.leg(legId);
  if (!before || before.heldBy.includes(holder) === on) return;
  const heldBy = withHolder(before.heldBy, holder, on);
  const wasSilent = isSilenced(before.heldBy);
  const isSilent = isSilenced(heldBy);
  if (isSilent && !wasSilent) {
    await engine.mute(before.engineId, 'in');
    try {
      await engine.startMusic(before.engineId);
    } catch (error) {
      if (!isMuted(before)) await engine.unmute(before.engineId, 'in').catch(() => undefined);
      throw error;
    }
  }
  if (!isSilent && wasSilent) {
    await engine.stopMusic(before.engineId);
    if (!isMuted(before)) await engine.unmute(before.engineId, 'in');
  }
  applyHolder(ports, legId, holder, on, clock.now());
}

/** Writes down who holds a leg; the music is the engine's or the phone's matter. */
export function applyHolder(
  { live }: Ports,
  legId: LegId,
  holder: Holder,
  on: boolean,
  at: Date,
): void {
  const leg = live.leg(legId);
  if (!leg || leg.heldBy.includes(holder) === on) return;
  const after = live.changeLeg(legId, { heldBy: withHolder(leg.heldBy, holder, on) });
  if (!after || isHeld(after) === isHeld(leg)) return;
  live.tell({ ...about(after, at), type: on ? 'leg.held' : 'leg.resumed', by: holder });
}

/** Silences the microphone of a leg for one holder, or opens it. */
export async function setMuted(
  ports: Ports,
  legId: LegId,
  holder: Holder,
  on: boolean,
): Promise<void> {
  const { engine, live, clock } = ports;
  const before = live.leg(legId);
  if (!before || before.mutedBy.includes(holder) === on) return;
  const mutedBy = withHolder(before.mutedBy, holder, on);
  const heldSilent = isSilenced(before.heldBy);
  if (mutedBy.length > 0 && !isMuted(before)) await engine.mute(before.engineId, 'in');
  if (mutedBy.length === 0 && !heldSilent) await engine.unmute(before.engineId, 'in');
  const now = live.leg(legId);
  if (!now) return;
  const after = live.changeLeg(legId, { mutedBy: withHolder(now.mutedBy, holder, on) });
  if (!after || isMuted(after) === isMuted(now)) return;
  live.tell({ ...about(after, clock.now()), type: on ? 'leg.muted' : 'leg.unmuted', by: holder });
  const conference = live.conferences.talks(legId) && live.conferences.withLeg(legId);
  if (conference) tellTalking(ports, conference, after, !on);
}

export interface RecordingRequest {
  readonly dialect: DialectName | 'routing';
  readonly credentialId: CredentialId | undefined;
  /** The user who asked, and so owns it; else the user of the leg. */
  readonly askedBy: UserId | undefined;
}

const newRecording = (
  id: RecordingId,
  leg: Leg,
  request: RecordingRequest,
  at: Date,
): Recording => ({
  id,
  accountId: leg.accountId,
  callId: leg.callId,
  legId: leg.id,
  ownerUserId: request.askedBy ?? userOf(leg),
  startedBy: { dialect: request.dialect, credentialId: request.credentialId },
  state: 'running',
  startedAt: at,
  endedAt: undefined,
  durationSeconds: undefined,
  sizeBytes: undefined,
  file: undefined,
});

/**
 * Records both directions of a leg until it is stopped or the leg ends. Several may run at once.
 * @param id - of a recording that may have been begun before: it is the same one, and begins once
 */
export async function startRecording(
  { engine, live, clock }: Ports,
  legId: LegId,
  request: RecordingRequest,
  id: RecordingId = newId(),
): Promise<RecordingId | undefined> {
  const leg = live.leg(legId);
  if (!leg) return undefined;
  const known = live.recording(id);
  const recording = known ?? newRecording(id, leg, request, clock.now());
  if (recording.state !== 'running') return id;
  const engineId = id as string as EngineRecordingId;
  if (!known) {
    live.putRecording(recording);
    live.changeLeg(legId, { recordings: [...leg.recordings, { recordingId: id, engineId }] });
  }
  await live.durable();
  try {
    await engine.record(engineId, leg.engineId, { direction: 'both' });
  } catch (error) {
    live.putRecording({ ...recording, state: 'failed', endedAt: clock.now() });
    forgetRecording(live, legId, id);
    throw error;
  }
  live.tell({ ...about(leg, recording.startedAt), type: 'recording.started', recordingId: id });
  return id;
}

/** Takes a finished recording off its leg. */
export function forgetRecording(live: Ports['live'], legId: LegId, id: RecordingId): void {
  const leg = live.leg(legId);
  if (!leg) return;
  live.changeLeg(legId, { recordings: leg.recordings.filter((r) => r.recordingId !== id) });
}

/** Stops the recordings of a leg; what they became is reported as facts. */
export async function stopRecordings({ engine, live }: Ports, legId: LegId): Promise<void> {
  for (const { engineId } of live.leg(legId)?.recordings ?? [])
    await engine.stopRecording(engineId);
}
