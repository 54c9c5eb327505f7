import { didNotHappen, requestRefused } from './demo-errors.ts';

/** An event as the native API tells it. */
export interface FeedEvent {
  readonly type: string;
  readonly callId?: string;
  readonly username?: string;
  readonly number?: string;
  readonly name?: string;
  readonly [field: string]: unknown;
}

/** The stream of events of an account. */
export interface EventFeed {
  /**
   * Waits until so many events fit, counting those that have come already.
   * @throws {DomainError} `demo.did_not_happen`
   */
  until(what: string, fits: (event: FeedEvent) => boolean, times?: number): Promise<void>;
  close(): void;
}

/** Seconds that an event may take. */
const limitSeconds = 8;
const lookEveryMs = 10;

/** The events in what was read so far, and the rest that is no whole event yet. */
function cut(text: string): { readonly events: readonly FeedEvent[]; readonly rest: string } {
  const blocks = text.split('\n\n');
  const rest = blocks.pop() ?? '';
  const events = blocks.flatMap((block) => {
    const lines = block.split('\n');
    const field = (name: string) =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const [type, data] = [field('event'), field('data')];
    return type && data ? [{ ...(JSON.parse(data) as object), type }] : [];
  });
  return { events, rest };
}

/**
 * Follows server-sent events.
 * @param onEvent - told of each, in order
 * @see HTML Living Standard, server-sent events
 */
export async function openEventFeed(
  url: URL,
  headers: Readonly<Record<string, string>>,
  onEvent: (event: FeedEvent) => void,
): Promise<EventFeed> {
  const seen: FeedEvent[] = [];
  const ending = new AbortController();
  const answer = await fetch(url, { headers, signal: ending.signal });
  if (!answer.ok || !answer.body)
    throw requestRefused('native', `GET ${url.pathname}`, answer.status, '');
  const { body } = answer;
  const follow = async () => {
    const decoder = new TextDecoder();
    let waiting = '';
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const { events, rest } = cut(waiting + decoder.decode(chunk, { stream: true }));
      waiting = rest;
      for (const event of events) {
        seen.push(event);
        onEvent(event);
      }
    }
  };
  // The stream ends with an error when it is closed here, or when the server ends; whoever waits says so.
  void follow().catch(() => undefined);
  return {
    async until(what, fits, times = 1) {
      const deadline = Date.now() + limitSeconds * 1_000;
      while (seen.filter(fits).length < times) {
        if (Date.now() > deadline) throw didNotHappen(`event ${what}`, limitSeconds);
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      }
    },
    close: () => ending.abort(),
  };
}
