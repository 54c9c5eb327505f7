import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** Turns of the event loop that are waited for before time is. */
const quickTurns = 20;
const lookEveryMs = 5;

/**
 * Waits for a fact. Looks at every turn of the event loop first, then every few milliseconds.
 * @param condition - is there when it gives something truthy; what it throws counts as not yet
 * @param what - what is waited for, in words: it is the error when it does not come
 * @returns what the condition gave
 */
export async function until<Found>(
  condition: () => Found | Promise<Found>,
  what: string,
  { withinMs = 10_000 }: { readonly withinMs?: number } = {},
): Promise<NonNullable<Exclude<Found, false>>> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (let turn = 0; turn < quickTurns || Date.now() < deadline; turn += 1) {
    try {
      const found = await condition();
      if (found) return found as NonNullable<Exclude<Found, false>>;
      last = found;
    } catch (error) {
      last = error;
    }
    await (turn < quickTurns ? nextTurn() : pause(lookEveryMs));
  }
  throw new Error(`waited ${withinMs} ms for this: ${what}`, { cause: last });
}

/** One turn of the event loop: everything that waited for nothing but its turn has happened. */
export const turn = (): Promise<void> => nextTurn();
