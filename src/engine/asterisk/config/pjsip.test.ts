import { describe, expect, test } from 'vitest';
import type { EngineGateway, EngineTrunk, TrunkName } from '../../port/index.ts';
import { trunkSections } from './pjsip.ts';

const gateway = (host: string, more: Partial<EngineGateway> = {}): EngineGateway => ({
  host,
  port: 5060,
  transport: 'udp',
  pings: false,
  ...more,
});

const sections = (change: Partial<EngineTrunk> = {}): string =>
  trunkSections(
    {
      name: 'trunk-1' as TrunkName,
      kind: 'ip',
      gateways: [],
      inboundAddresses: [],
      dtmf: 'rfc4733',
      ...change,
    },
    ['alaw'],
  );

const registering = { kind: 'register', username: 'acme', secret: 'sesame' } as const;

describe('a trunk in the engine’s files', () => {
  test('asks only those gateways whether they are there which are to be asked', () => {
    const text = sections({
      gateways: [
        gateway('192.0.2.1', { pings: true }),
        gateway('2001:db8::1', { port: 5070, transport: 'tcp' }),
      ],
    });
    expect(text).toContain('contact=sip:192.0.2.1:5060\nmax_contacts=0\nqualify_frequency=20\n');
    expect(text).toContain(
      'contact=sip:[2001:db8::1]:5070\\;transport=tcp\nmax_contacts=0\nqualify_frequency=0\n',
    );
    expect(text).toContain('aors=trunk-1,trunk-1-quiet\n');
  });

  test('registers at its first gateway', () => {
    const text = sections({
      ...registering,
      gateways: [gateway('192.0.2.1'), gateway('192.0.2.2')],
    });
    expect(text).toContain('server_uri=sip:192.0.2.1:5060\nclient_uri=sip:acme@192.0.2.1:5060\n');
  });

  test('registers in another domain by way of its first gateway, or of its proxy', () => {
    const realm = 'carrier.example';
    const gateways = [gateway('192.0.2.1')];
    expect(sections({ ...registering, gateways, realm })).toContain(
      'server_uri=sip:carrier.example\nclient_uri=sip:acme@carrier.example\noutbound_proxy=sip:192.0.2.1:5060\\;lr\n',
    );
    expect(sections({ ...registering, gateways, realm, proxy: 'proxy.example:5070' })).toContain(
      'client_uri=sip:acme@carrier.example\noutbound_proxy=sip:proxy.example:5070\\;lr\n',
    );
  });

  test('introduces itself as it is told', () => {
    const text = sections({ username: 'acme', fromUser: 'main', fromDomain: 'acme.example' });
    expect(text).toContain('outbound_auth=trunk-1\nfrom_user=main\nfrom_domain=acme.example\n');
    expect(sections({ dtmf: 'inband' })).toContain('dtmf_mode=inband\n');
  });

  test.each([
    { gateways: [gateway('a;b')] },
    { gateways: [gateway('a\n[evil]')] },
    { realm: 'a]\n', ...registering, gateways: [gateway('192.0.2.1')] },
    { proxy: 'a;b' },
    { fromUser: 'a;b' },
  ])('holds nothing that ends a line: %j', (change) => {
    expect(() => sections(change)).toThrow(
      expect.objectContaining({ code: 'engine.unsafe_value' }),
    );
  });
});
