import type { LegId } from '../../../kernel/ids.ts';
import { hasEnded } from '../../calls/index.ts';
import type { Conference } from '../../conferences/index.ts';
import { isAbandoned, type Queue } from '../../queues/index.ts';
import type { Exchange } from '../ports.ts';

/**
 * Takes over conferences and queues that an earlier server left. Legs and rooms are written together; should
 * a room name a leg that is not there all the same, it is taken out.
 */
export function takeOverRooms(
  { live, clock }: Exchange,
  rooms: { readonly conferences: readonly Conference[]; readonly queues: readonly Queue[] },
): void {
  const isThere = (legId: LegId): boolean => {
    const leg = live.leg(legId);
    return leg !== undefined && !hasEnded(leg);
  };
  live.conferences.load(rooms.conferences);
  live.queues.load(rooms.queues);
  for (const conference of rooms.conferences) {
    const participants = conference.participants.filter(({ legId }) => isThere(legId));
    if (participants.length === conference.participants.length) continue;
    const isGone = participants.length === 0 && !conference.reserved;
    live.conferences.put({
      ...conference,
      participants,
      ...(isGone && { endedAt: clock.now() }),
    });
  }
  for (const queue of rooms.queues) {
    const entries = queue.entries.filter(({ legId }) => isThere(legId));
    const takers = queue.takers.filter(({ legId }) => isThere(legId));
    if (entries.length + takers.length === queue.entries.length + queue.takers.length) continue;
    const left = { ...queue, entries, takers };
    live.queues.put(isAbandoned(left) ? { ...left, endedAt: clock.now() } : left);
  }
}
