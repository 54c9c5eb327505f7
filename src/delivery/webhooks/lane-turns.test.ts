import { describe, expect, test } from 'vitest';
import { turn } from '../../../test/support/until.ts';
import { createLaneTurns } from './lane-turns.ts';

/** Turns whose work a test ends. */
function given(limits: { atOnce: number; ofAccount: number; waiting?: number }) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const turns = createLaneTurns({ waiting: 100, ...limits }, (lane) => {
    begun.push(lane);
    return new Promise((resolve) => ends.set(lane, resolve));
  });
  const end = async (lane: string) => {
    ends.get(lane)?.();
    await turn();
  };
  return { turns, begun, end };
}

describe('lanes have their turn', () => {
  test('so many at once, so many of one account', async () => {
    const { turns, begun, end } = given({ atOnce: 4, ofAccount: 3 });
    for (const lane of ['a1', 'a2', 'a3', 'a4', 'a5']) turns.want('a', lane);
    for (const lane of ['b1', 'b2']) turns.want('b', lane);
    expect(begun).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect(turns.working()).toEqual(begun);
    await end('b1');
    expect(begun).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
    await end('b2');
    expect(begun).toHaveLength(5);
    await end('a2');
    expect(begun.at(-1)).toBe('a4');
  });

  test('accounts one after the other', async () => {
    const { turns, begun, end } = given({ atOnce: 1, ofAccount: 1 });
    for (const lane of ['a1', 'a2', 'a3', 'a4']) turns.want('a', lane);
    for (const lane of ['b1', 'b2']) turns.want('b', lane);
    for (const lane of ['a1', 'a2', 'b1', 'a3', 'b2', 'a4']) await end(lane);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
    expect(turns.working()).toEqual([]);
  });

  test('once, however often they are wanted, and again when they are done', async () => {
    const { turns, begun, end } = given({ atOnce: 1, ofAccount: 1 });
    for (const lane of ['a1', 'a1', 'a2', 'a2', 'a1']) turns.want('a', lane);
    await end('a1');
    await end('a2');
    expect(begun).toEqual(['a1', 'a2']);
    turns.want('a', 'a1');
    expect(begun).toEqual(['a1', 'a2', 'a1']);
  });

  test('unless too many wait: those are forgotten', async () => {
    const { turns, begun, end } = given({ atOnce: 1, ofAccount: 1, waiting: 2 });
    for (const lane of ['a1', 'a2', 'a3', 'a4']) turns.want('a', lane);
    for (const lane of ['a1', 'a2', 'a3', 'a4']) await end(lane);
    expect(begun).toEqual(['a1', 'a2', 'a3']);
  });

  test('until they are stopped: none begins any more, and those that work are waited for', async () => {
    const { turns, begun, end } = given({ atOnce: 1, ofAccount: 1 });
    turns.want('a', 'a1');
    turns.want('a', 'a2');
    let isStopped = false;
    const stopping = turns.stop().then(() => {
      isStopped = true;
    });
    await turn();
    expect(isStopped).toBe(false);
    await end('a1');
    await stopping;
    turns.want('a', 'a3');
    expect(begun).toEqual(['a1']);
  });
});
