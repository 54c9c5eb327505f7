import { onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { server } from './server.ts';

export interface StreamEvent {
  /** Place in the log; absent for what is no event of the log. */
  readonly id: number | undefined;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventStream {
  readonly events: readonly StreamEvent[];
  /** Waits for an event that fits. */
  next(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Whether the server has ended it. */
  ended(): boolean;
  close(): void;
}

const readEvent = (block: string): StreamEvent | undefined => {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
  const [type, data, id] = ['event', 'data', 'id'].map((name) => fields.get(name));
  if (type === undefined || data === undefined) return undefined;
  return {
    id: id === undefined ? undefined : Number(id),
    type,
    data: JSON.parse(data) as StreamEvent['data'],
  };
};

/**
 * Listens to what happens; ends with the test. Resolves when the server has begun to answer.
 * @see HTML Living Standard, server-sent events
 */
export async function listen(
  authorization: string,
  options: {
    readonly query?: string;
    readonly lastEventId?: number | string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<EventStream> {
  const aborted = new AbortController();
  const { query = '', lastEventId, headers } = options;
  const answer = await fetch(`${server.url}/native/v1/events${query}`, {
    signal: aborted.signal,
    headers: {
      authorization,
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }),
      ...headers,
    },
  });
  if (answer.status !== 200 || !answer.body) throw new Error(`answered ${answer.status}`);
  const events: StreamEvent[] = [];
  const read = async (body: AsyncIterable<Uint8Array>) => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = readEvent(block);
        if (event) events.push(event);
      }
    }
  };
  let ended = false;
  const noteEnd = () => {
    ended = true;
  };
  void read(answer.body).then(noteEnd, noteEnd);
  const close = () => aborted.abort();
  onTestFinished(close);
  return {
    events,
    close,
    ended: () => ended,
    next: (fits) =>
      eventually(() => events.find(fits), {
        because: () => `no such event among ${events.map(({ type }) => type).join(', ') || 'none'}`,
      }),
  };
}
