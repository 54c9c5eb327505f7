import { describe, expect, test } from 'vitest';
import { createSipTargets } from './sip-targets.ts';
import { createTargetGuard } from './target-guard.ts';

const targets = (allow: readonly string[] = []) =>
  createSipTargets({
    guard: createTargetGuard({ allow, ownPorts: () => [5060, 8080] }),
    open: (sealed) => sealed,
    resolve: async (host) => {
      if (host === 'nowhere.example') throw new Error('ENOTFOUND');
      if (host === 'inside.example') return [{ address: '10.0.0.7', family: 4 }];
      if (host === 'both.example')
        return ['10.0.0.7', '203.0.114.9'].map((address) => ({ address, family: 4 }));
      return [{ address: '203.0.114.9', family: 4 }];
    },
  });

describe('a SIP address somewhere else', () => {
  test.each([
    ['sip:carol@pbx.example', { address: '203.0.114.9', port: 5060, transport: 'udp' }],
    ['sip:carol@pbx.example:5070', { address: '203.0.114.9', port: 5070, transport: 'udp' }],
    [
      'sip:+49301@pbx.example;transport=TCP;user=phone',
      { address: '203.0.114.9', port: 5060, transport: 'tcp' },
    ],
    ['sip:203.0.114.1', { address: '203.0.114.1', port: 5060, transport: 'udp' }],
    ['sip:a@both.example', { address: '203.0.114.9', port: 5060, transport: 'udp' }],
    ['sip:a@[2a00:1450::5]:5061', { address: '2a00:1450::5', port: 5061, transport: 'udp' }],
  ])('%s leads to a checked address', async (uri, route) => {
    expect(await targets().find(uri)).toEqual(route);
  });

  test.each([
    ['of another kind', 'tel:+49301'],
    ['over TLS', 'sips:carol@pbx.example'],
    ['over a transport that is not served', 'sip:carol@pbx.example;transport=ws'],
    ['with headers', 'sip:carol@pbx.example?Route=evil'],
    ['with a line break', 'sip:carol@pbx.example\r\nX: y'],
    ['with a password', 'sip:carol:secret@pbx.example'],
    ['of a host in a private network', 'sip:carol@inside.example'],
    ['in a private network', 'sip:carol@192.168.1.1'],
    ['of this machine', 'sip:carol@127.0.0.1:5070'],
  ])('%s is refused', async (_what, uri) => {
    await expect(targets().find(uri)).rejects.toMatchObject({ code: 'sip_target.refused' });
  });

  test('may be on this machine if that is allowed, but never the exchange itself', async () => {
    const here = targets(['127.0.0.0/8']);
    expect(await here.find('sip:carol@127.0.0.1:5070')).toMatchObject({ port: 5070 });
    for (const port of [5060, 8080])
      await expect(here.find(`sip:carol@127.0.0.1:${port}`)).rejects.toMatchObject({
        code: 'sip_target.refused',
      });
    await expect(here.find('sip:carol@127.0.0.1')).rejects.toMatchObject({
      code: 'sip_target.refused',
    });
  });

  test('of a host that nobody knows cannot be reached', async () => {
    await expect(targets().find('sip:a@nowhere.example')).rejects.toMatchObject({
      code: 'sip_target.unreachable',
    });
  });
});
