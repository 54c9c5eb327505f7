import { type CallView, isHeld, isMuted, isUp, type Leg } from '../../../core/calls/index.ts';
import { withoutPlus } from '../../../kernel/phone-number.ts';
import { toCallId } from '../ids.ts';
import type { Call } from '../schemas.ts';

/** Whether a call is established: the clients of sipgate see and steer only those. */
export function isEstablished({ legs, ownLegId }: CallView): boolean {
  const own = legs.find((leg) => leg.id === ownLegId);
  const up = legs.filter(isUp);
  return own !== undefined && isUp(own) && (up.length > 1 || legs.length === 1);
}

const presentParticipant = (leg: Leg, at: number, ownLegId: string | undefined) => ({
  participantId: `P${at + 1}`,
  phoneNumber: withoutPlus(leg.number),
  muted: isMuted(leg),
  hold: isHeld(leg),
  owner: leg.id === ownLegId,
});

/** A running call, as its owner sees it. */
export function presentCall({ call, legs, ownLegId }: CallView): Call {
  const up = legs.filter(isUp);
  const own = legs.find((leg) => leg.id === ownLegId);
  return {
    callId: toCallId(call.id),
    muted: own !== undefined && isMuted(own),
    recording: legs.some((leg) => leg.recordings.length > 0),
    hold: up.length > 0 && up.every(isHeld),
    participants: up.map((leg, at) => presentParticipant(leg, at, ownLegId)),
  };
}
