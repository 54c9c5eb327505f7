import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { quiet } from './sipgate.ts';

/** An exchange with the two phones of the demo account: 201 says 440 Hz, 202 says 1,000 Hz. */
export interface World {
  readonly exchange: Exchange;
  readonly phoneA: Phone;
  readonly phoneB: Phone;
}

/** Ends whatever a test left running. */
export async function endAllCalls({ operator }: Exchange): Promise<void> {
  const { items } = await operator.get<{ items: { id: string }[] }>('/native/v1/calls');
  await Promise.all(items.map(({ id }) => operator.send('DELETE', `/native/v1/calls/${id}`)));
  await quiet(operator);
}

/** One exchange with two phones for the tests of a file; every test begins without calls. */
export function createWorld(options: Parameters<typeof startExchange>[0] = {}): World {
  const world: Partial<World> & { -readonly [Key in keyof World]?: World[Key] } = {};
  beforeAll(async () => {
    world.exchange = await startExchange(options);
    world.phoneA = await world.exchange.phone('201', 440);
    world.phoneB = await world.exchange.phone('202', 1000);
  });
  afterEach(async () => {
    if (world.exchange) await endAllCalls(world.exchange);
    await Promise.all([world.phoneA?.idle(), world.phoneB?.idle()]);
  });
  afterAll(() => world.exchange?.stop());
  const the = <Key extends keyof World>(key: Key): World[Key] => {
    const value = world[key];
    if (value === undefined) throw new Error(`${key} was not started`);
    return value as World[Key];
  };
  return {
    get exchange() {
      return the('exchange');
    },
    get phoneA() {
      return the('phoneA');
    },
    get phoneB() {
      return the('phoneB');
    },
  };
}
