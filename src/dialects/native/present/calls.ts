import {
  type CallView,
  type Cdr,
  isHeld,
  isMuted,
  type Leg,
  userOf,
} from '../../../core/calls/index.ts';
import type { Recording } from '../../../core/recordings/index.ts';

const presentLeg = (leg: Leg) => ({
  id: leg.id,
  direction: leg.direction,
  role: leg.role,
  state: leg.state,
  number: leg.number,
  name: leg.name,
  dialled: leg.dialled,
  userId: userOf(leg) ?? null,
  endpointId: leg.party.kind === 'endpoint' ? leg.party.endpointId : null,
  trunkId: leg.party.kind === 'trunk' ? leg.party.trunkId : null,
  held: isHeld(leg),
  muted: isMuted(leg),
  recording: leg.recordings.length > 0,
  startedAt: leg.startedAt.toISOString(),
  ringingAt: leg.ringingAt?.toISOString() ?? null,
  answeredAt: leg.answeredAt?.toISOString() ?? null,
});

export const presentCall = ({ call, legs, ownLegId }: CallView) => ({
  id: call.id,
  startedAt: call.startedAt.toISOString(),
  ownLegId: ownLegId ?? null,
  legs: legs.map(presentLeg),
});

export const presentCdr = (cdr: Cdr) => ({
  legId: cdr.legId,
  callId: cdr.callId,
  parentLegId: cdr.parentLegId ?? null,
  rootLegId: cdr.rootLegId,
  direction: cdr.direction,
  role: cdr.role,
  userId: cdr.userId ?? null,
  endpointId: cdr.endpointId ?? null,
  trunkId: cdr.trunkId ?? null,
  number: cdr.number,
  name: cdr.name,
  dialled: cdr.dialled,
  startedAt: cdr.startedAt.toISOString(),
  ringingAt: cdr.ringingAt?.toISOString() ?? null,
  answeredAt: cdr.answeredAt?.toISOString() ?? null,
  endedAt: cdr.endedAt.toISOString(),
  durationSeconds: cdr.durationSeconds,
  cause: cdr.cause,
  sipStatus: cdr.sipStatus ?? null,
});

export const presentRecording = (recording: Recording) => ({
  id: recording.id,
  callId: recording.callId,
  legId: recording.legId,
  startedAt: recording.startedAt.toISOString(),
  durationSeconds: recording.durationSeconds ?? null,
  sizeBytes: recording.sizeBytes ?? null,
  url: `/native/v1/recordings/${recording.id}/audio`,
});
