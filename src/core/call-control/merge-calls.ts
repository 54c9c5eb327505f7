import type { Leg } from '../calls/index.ts';
import { about } from '../interpreter/index.ts';
import { endCallIfEmpty } from './end-leg.ts';
import type { Exchange } from './ports.ts';

/** Moves every leg of the younger call into the older one, which goes on; the younger leads to it. */
export function mergeCalls(exchange: Exchange, a: Leg, b: Leg): void {
  const { live, clock } = exchange;
  const [callA, callB] = [live.call(a.callId), live.call(b.callId)];
  if (!callA || !callB || callA.id === callB.id || callA.accountId !== callB.accountId) return;
  const [older, younger] = callA.startedAt <= callB.startedAt ? [callA, callB] : [callB, callA];
  const at = clock.now();
  for (const leg of live.legsOf(younger.id)) {
    const moved = live.changeLeg(leg.id, { callId: older.id });
    if (moved) live.tell({ ...about(moved, at), type: 'leg.moved', fromCallId: younger.id });
  }
  const absorbed = [...(older.absorbed ?? []), younger.id, ...(younger.absorbed ?? [])];
  live.putCall({ ...older, absorbed });
  const merged = { ...younger, mergedInto: older.id };
  live.putCall(merged);
  endCallIfEmpty(exchange, merged, at);
}
