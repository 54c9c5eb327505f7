import { expect } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { Client, Operations } from './driver.ts';
import { recordedVoices } from './recorded-voices.ts';
import { ifAble, type Scene } from './scene.ts';
import type { CallIds } from './watching.ts';

/** Two voices at once share the sound; of music neither is this much. */
const leastOfTwo = 0.2;

/** What every API remembers while the call of a story runs, as ids by dialect. */
export type Memory = ReadonlyMap<string, readonly string[]>;

export async function rememberedSoFar({ clients }: Scene): Promise<Memory> {
  const lists = clients.map(async ({ dialect, operations }) => {
    const calls = (await operations.history?.()) ?? [];
    return [dialect, calls.map(({ id }) => id)] as const;
  });
  return new Map(await Promise.all(lists));
}

/** How the story went, as the histories shall tell it. */
export interface Told {
  /** The call, as each dialect named it while it ran. */
  readonly ids: CallIds;
  readonly before: Memory;
  readonly recorded: boolean;
}

/** Waits until a dialect remembers the call, and reads its recording if there is to be one. */
async function remembers(
  { caller, callee }: Scene,
  { dialect }: Client,
  history: Operations['history'],
  { ids, before, recorded }: Told,
): Promise<void> {
  const known = before.get(dialect) ?? [];
  const newCalls = async () => (await history()).filter(({ id }) => !known.includes(id));
  const [call, ...others] = await eventually(
    async () => {
      const calls = await newCalls();
      return calls.length > 0 && calls;
    },
    { because: () => `${dialect} does not remember the call` },
  );
  expect(others, `calls that ${dialect} remembers besides`).toEqual([]);
  expect(call).toMatchObject({
    id: ids.get(dialect) ?? call?.id,
    from: caller.username,
    to: callee.username,
    answered: true,
  });
  if (!recorded) return expect(await call?.recording()).toBeUndefined();
  const wav = await eventually(async () => (await newCalls())[0]?.recording(), {
    because: () => `${dialect} has no recording of the call`,
  });
  const shares = recordedVoices(wav, [caller.toneHz, callee.toneHz]);
  expect(Math.min(...shares), `voices of ${shares.join(' and ')}`).toBeGreaterThan(leastOfTwo);
}

/** Every API with a history shows the call of a story: once, as the same one, with its recording. */
export async function everybodyRemembers(scene: Scene, told: Told): Promise<void> {
  await Promise.all(
    scene.clients.map((client) =>
      ifAble(scene, client, 'history', (history) => remembers(scene, client, history, told)),
    ),
  );
}
