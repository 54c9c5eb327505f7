import { type Leg, userOf } from '../calls/index.ts';
import type { CoreEvent } from '../events/index.ts';

/** What every event about a leg says of it. */
export const about = (leg: Leg, at: Date) => ({
  accountId: leg.accountId,
  callId: leg.callId,
  legId: leg.id,
  userId: userOf(leg),
  number: leg.number,
  name: leg.name,
  source: leg.source,
  at,
});

/** The event of a new leg. */
export const legCreated = (leg: Leg): CoreEvent => ({
  ...about(leg, leg.startedAt),
  type: 'leg.created',
  direction: leg.direction,
  role: leg.role,
  dialled: leg.dialled,
  parentLegId: leg.parentLegId,
});
