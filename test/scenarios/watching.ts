import { isDeepStrictEqual } from 'node:util';
import { eventually } from '../support/eventually.ts';
import type { Client, Operations, SeenCall } from './driver.ts';
import { ifAble, type Scene } from './scene.ts';

type Shown = Omit<SeenCall, 'id'>;

/** A running call, whole: what every dialect would show that shows everything. */
export type Facts = Required<Shown>;

/** The ids of one call, by dialect. */
export type CallIds = ReadonlyMap<string, string>;

/** @throws {Error} if the dialect does not show the call, and so cannot steer it */
export function idOf(ids: CallIds, { dialect }: Client): string {
  const id = ids.get(dialect);
  if (id === undefined) throw new Error(`${dialect} does not show the call`);
  return id;
}

/** What a dialect shows of the facts. */
function shownBy({ shows }: Client, facts: Facts): readonly Shown[] {
  if (facts.state === 'ringing' && !shows.includes('ringing')) return [];
  const { from, to, state, held, muted, recording } = facts;
  return [
    {
      ...{ from, to, state },
      ...(shows.includes('held') && { held }),
      ...(shows.includes('muted') && { muted }),
      ...(shows.includes('recording') && { recording }),
    },
  ];
}

/** Waits until a dialect shows exactly this. @returns what it shows, with ids */
async function sees(
  { dialect }: Client,
  observe: Operations['observe'],
  expected: readonly Shown[],
): Promise<readonly SeenCall[]> {
  let seen: readonly SeenCall[] = [];
  const text = (calls: unknown) => JSON.stringify(calls);
  return eventually(
    async () => {
      seen = await observe();
      const shown = seen.map(({ id, ...rest }): Shown => rest);
      return isDeepStrictEqual(shown, expected) && seen;
    },
    { because: () => `${dialect} shows ${text(seen)} instead of ${text(expected)}` },
  );
}

/** Waits until every API that lists running calls shows this one and no other; nothing if there is none. */
export async function everybodySees(scene: Scene, facts: Facts | undefined): Promise<CallIds> {
  const ids = new Map<string, string>();
  await Promise.all(
    scene.clients.map((client) =>
      ifAble(scene, client, 'observe', async (observe) => {
        const [call] = await sees(client, observe, facts ? shownBy(client, facts) : []);
        if (call) ids.set(client.dialect, call.id);
      }),
    ),
  );
  return ids;
}
