import type { FeedEvent } from './event-feed.ts';
import { shortJson, withShortIds } from './shorten.ts';

const typeWidth = 20;
const none = new Set(['type', 'at', 'accountId']);

/** What is worth knowing about an event, besides its type and who it is about. */
function detailOf(event: FeedEvent): string {
  const { type } = event;
  if (type === 'leg.created') return `${String(event.direction)}, ${String(event.role)}`;
  if (type === 'leg.held' || type === 'leg.resumed') return `by ${String(event.by)}`;
  if (type === 'leg.ended') return `${String(event.cause)}, ${String(event.durationSeconds)} s`;
  if (type === 'recording.stored') return `${String(event.durationSeconds)} s`;
  return '';
}

function aboutWhom(event: FeedEvent): string {
  if (event.type.startsWith('endpoint.')) return event.username ?? '';
  if (event.type === 'call.started') return `${String(event.from)} to ${String(event.to)}`;
  if (event.type.startsWith('call.')) return String(event.callId);
  if (event.number !== undefined) return `${event.number} ${event.name ?? ''}`.trimEnd();
  const rest = Object.entries(event).filter(([name]) => !none.has(name));
  return shortJson(Object.fromEntries(rest));
}

/** An event in one line: what, who, and what belongs to it. */
export function describeEvent(event: FeedEvent): string {
  const parts = [withShortIds(aboutWhom(event)), detailOf(event)].filter(Boolean);
  return `${event.type.padEnd(typeWidth)} ${parts.join(', ')}`.trimEnd();
}
