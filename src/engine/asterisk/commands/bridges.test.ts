import { describe, expect, test } from 'vitest';
import type { EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { createBridges } from './bridges.ts';

const caller = 'caller' as EngineLegId;
const callee = 'callee' as EngineLegId;
const another = 'another' as EngineLegId;

/** Bridges in an engine that notes what it is told; two legs talk in the first. */
async function talking() {
  const told: string[] = [];
  const ari: AriHttp = {
    send: async (operation, request) => {
      const { channel } = (request as { query?: { channel?: unknown } }).query ?? {};
      told.push(channel ? `${operation} ${channel}` : operation);
      return undefined;
    },
    close: async () => undefined,
  };
  const bridges = createBridges(ari);
  const bridge = await bridges.create({ dtmf: false });
  await bridges.join(bridge, [caller, callee]);
  told.length = 0;
  return { bridges, bridge, told };
}

describe('a bridge that is not needed any more', () => {
  test('is used again, without a command, once those who are hung up are out of it', async () => {
    const { bridges, bridge, told } = await talking();
    bridges.legGone(caller);
    const destroyed = bridges.destroy(bridge);
    bridges.legGoes(callee);
    await destroyed;
    expect(await bridges.create({ dtmf: false })).not.toBe(bridge);
    bridges.legGone(callee);
    expect(await bridges.create({ dtmf: false })).toBe(bridge);
    expect(told).toEqual(['POST /bridges']);
  });

  test('is left by those who go on before somebody else gets it', async () => {
    const { bridges, bridge, told } = await talking();
    bridges.legGone(caller);
    await bridges.destroy(bridge);
    expect(told).toEqual(['POST /bridges/{bridgeId}/removeChannel callee']);
    expect(await bridges.create({ dtmf: false })).toBe(bridge);
  });

  test('is given to nobody while a leg is in it that was to be hung up', async () => {
    const { bridges, bridge } = await talking();
    bridges.legGoes(caller);
    bridges.legGoes(callee);
    await bridges.destroy(bridge);
    bridges.legGone(caller);
    bridges.legGone(another);
    expect(await bridges.create({ dtmf: false })).not.toBe(bridge);
  });

  test('is really destroyed if it reported keys, or if an earlier server made it', async () => {
    const { bridges, bridge, told } = await talking();
    const reporting = await bridges.create({ dtmf: true });
    await bridges.destroy(reporting);
    await bridges.destroy('of an earlier server' as typeof bridge);
    expect(told).toEqual([
      'POST /bridges',
      'DELETE /bridges/{bridgeId}',
      'DELETE /bridges/{bridgeId}',
    ]);
  });
});
