import { describe, expect, test } from 'vitest';
import { givenGateway } from '../../../test/support/given.ts';
import { inboundNetworks, networkGateway, outboundAddresses } from './gateway.ts';

const trunk = (change: Partial<Parameters<typeof outboundAddresses>[0]> = {}) => ({
  kind: 'ip' as const,
  realm: undefined,
  gateways: [],
  ...change,
});

describe('where the calls of a trunk go', () => {
  test('is every gateway for that which is switched on, in order', () => {
    const gateways = [
      givenGateway({ host: 'first.example', port: 5070, transport: 'tcp' }),
      givenGateway({ host: 'off.example', enabled: false }),
      givenGateway({ host: '192.0.2.1', outbound: false, inbound: true }),
      givenGateway({ host: 'last.example', pings: false }),
    ];
    expect(outboundAddresses(trunk({ gateways }))).toEqual([
      { host: 'first.example', port: 5070, transport: 'tcp', pings: true },
      { host: 'last.example', port: 5060, transport: 'udp', pings: false },
    ]);
  });

  test('is no gateway that needs TLS', () => {
    const gateways = [givenGateway({ transport: 'tls' })];
    expect(outboundAddresses(trunk({ gateways }))).toEqual([]);
  });

  test('is the registrar of a trunk that registers and says no more', () => {
    const registers = trunk({ kind: 'register', realm: 'sip.carrier.example' });
    expect(outboundAddresses(registers)).toEqual([
      { host: 'sip.carrier.example', port: 5060, transport: 'udp', pings: false },
    ]);
    const switchedOff = { ...registers, gateways: [givenGateway({ enabled: false })] };
    expect(outboundAddresses(switchedOff)).toEqual([]);
    expect(outboundAddresses(trunk({ realm: 'sip.carrier.example' }))).toEqual([]);
  });
});

describe('where the calls of a trunk come from', () => {
  test.each(['192.0.2.0/24', '192.0.2.7', '2001:db8::/32', '2001:db8::7'])(
    'is %s, as it was written',
    (network) => {
      expect(inboundNetworks([networkGateway(network)])).toEqual([network]);
    },
  );

  test('is no gateway that is switched off, or for calls that go out', () => {
    expect(
      inboundNetworks([
        { ...networkGateway('192.0.2.1'), enabled: false },
        givenGateway({ host: '192.0.2.2' }),
      ]),
    ).toEqual([]);
  });
});
