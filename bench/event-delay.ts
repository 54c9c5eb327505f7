import { quantile } from './sipp-load.ts';

/** Milliseconds from the engine's instant of an event until a client of the stream has it. */
export interface EventDelay {
  readonly events: number;
  readonly p50: number;
  readonly p99: number;
}

/** Follows the stream of events while work is done. */
export async function measureEventDelay(
  url: string,
  headers: Readonly<Record<string, string>>,
  work: () => Promise<unknown>,
): Promise<EventDelay> {
  const ending = new AbortController();
  const answer = await fetch(`${url}/native/v1/events`, { headers, signal: ending.signal });
  const delays: number[] = [];
  const follow = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      const now = Date.now();
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data: ')) continue;
        const { type, at } = JSON.parse(line.slice(6)) as { type?: string; at?: string };
        if (at && /^leg\.(ringing|answered|ended|progress)$/.test(type ?? ''))
          delays.push(now - Date.parse(at));
      }
    }
  };
  const following = follow().catch(() => undefined);
  await work();
  ending.abort();
  await following;
  const sorted = delays.sort((a, b) => a - b);
  return { events: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
