import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventBus, EventLog, StoredEvent } from '../core/events/index.ts';
import type { AccountId } from '../kernel/ids.ts';

/** Milliseconds between two signs of life, and bytes that may wait for a slow reader. */
const heartbeatMs = 15_000;
const mostWaiting = 1_048_576;
/** Events that are read at once while catching up. */
const pageSize = 500;

export interface StreamOptions {
  readonly log: EventLog;
  readonly bus: EventBus;
  readonly accountId: AccountId;
  /** Where the client stopped reading; undefined begins with what happens next. */
  readonly after: number | undefined;
  /** What is told of an event, or nothing. */
  readonly present: (
    event: StoredEvent,
  ) => { readonly type: string; readonly data: object } | undefined;
  /** Whether who reads must prove anew who they are: the stream ends with this event. */
  readonly isLast?: (event: StoredEvent) => boolean;
}

/** Streams that are open, so that a server that ends can close them. */
const open = new Set<() => void>();

/** Ends every stream; clients come back to another server or the next one. */
export function closeStreams(): void {
  for (const close of open) close();
}

/**
 * Server-sent events: catches up from the log, then follows the bus, without loss or repetition. A reader
 * that is too slow is cut off and may come back with `Last-Event-ID`, as may one that must sign in again. If
 * what it missed is no longer kept, the first event is `gap`.
 * @see HTML Living Standard, server-sent events
 */
export async function streamEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  { log, bus, accountId, after, present, isLast }: StreamOptions,
): Promise<FastifyReply> {
  const bounds = await log.bounds(accountId);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
  });
  let position = after ?? bounds.newest;
  let catchingUp = true;
  /** What the bus told while the log was still being read. */
  const meanwhile: StoredEvent[] = [];
  let ended = false;
  const close = () => {
    if (ended) return;
    ended = true;
    unsubscribe();
    clearInterval(heartbeat);
    open.delete(close);
    raw.end();
  };
  const write = (text: string) => {
    if (ended) return;
    raw.write(text);
    if (raw.writableLength > mostWaiting) {
      close();
      raw.destroy();
    }
  };
  const send = (event: StoredEvent) => {
    if (event.position <= position) return;
    position = event.position;
    const shown = present(event);
    if (shown)
      write(`id: ${event.position}\nevent: ${shown.type}\ndata: ${JSON.stringify(shown.data)}\n\n`);
  };
  const heartbeat = setInterval(() => write(': alive\n\n'), heartbeatMs);
  const unsubscribe = bus.subscribe((events) => {
    for (const event of events) {
      const isOwn = event.event.accountId === accountId;
      if (isOwn && catchingUp) meanwhile.push(event);
      if (isOwn && !catchingUp) send(event);
      if (isLast?.(event)) close();
    }
  });
  open.add(close);
  raw.on('close', close);
  write('retry: 1000\n\n');
  if (after !== undefined && bounds.oldest > 0 && after < bounds.oldest - 1 && after > 0)
    write(`event: gap\ndata: ${JSON.stringify({ from: after, to: bounds.oldest - 1 })}\n\n`);
  try {
    for (;;) {
      const page = await log.after(accountId, position, pageSize);
      for (const event of page) send(event);
      if (page.length < pageSize || ended) break;
    }
    catchingUp = false;
    for (const event of meanwhile.splice(0)) send(event);
  } catch {
    close();
  }
  return reply;
}
