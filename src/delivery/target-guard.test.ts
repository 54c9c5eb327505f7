import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createTargetGuard } from './target-guard.ts';

const closed = createTargetGuard({ allow: [], ownPorts: () => [] });

describe('without exceptions', () => {
  test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
    '%s may be reached: it is public',
    (address) => {
      expect(closed.whyRefused(address, 443)).toBeUndefined();
    },
  );

  test.each([
    ['this machine', ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::127.0.0.1']],
    ['no machine', ['0.0.0.0', '0.1.2.3', '::', '::ffff:0.0.0.0']],
    [
      'a private network',
      ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '::ffff:10.0.0.1'],
    ],
    ['a private network of version 6', ['fc00::1', 'fd12:3456:789a::1', 'fec0::1']],
    ['the link', ['169.254.169.254', 'fe80::1', '::ffff:169.254.169.254']],
    ['a provider’s inside', ['100.64.0.1', '100.127.255.254']],
    ['everybody', ['255.255.255.255', '224.0.0.1', '239.255.255.250', 'ff02::1']],
    [
      'what is reserved',
      ['240.0.0.1', '192.0.2.1', '198.51.100.7', '203.0.113.9', '198.18.0.1', '2001:db8::1'],
    ],
    [
      'a tunnel to somewhere',
      ['64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '::ffff:0:127.0.0.1'],
    ],
  ])('addresses of %s may not', (_what, addresses) => {
    for (const address of addresses) {
      expect(closed.whyRefused(address, 443), address).toBeDefined();
    }
  });

  test.each(['', 'localhost', 'example.com', '1.2.3.4.5', '::g', '10.0.0.1/8'])(
    '%j is no address',
    (text) => {
      expect(closed.whyRefused(text, 80)).toBe('the address cannot be read');
    },
  );
});

describe('with networks that are allowed', () => {
  const guard = createTargetGuard({
    allow: ['127.0.0.0/8', '::1', '10.20.0.0/16', 'fd00::/8'],
    ownPorts: () => [8080, 5432],
  });

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.20.30.40', 'fd00::7'])(
    '%s may be reached',
    (address) => {
      expect(guard.whyRefused(address, 9_000)).toBeUndefined();
    },
  );

  test.each(['10.21.0.1', '192.168.0.1', 'fe80::1', '169.254.169.254'])('%s may not', (address) => {
    expect(guard.whyRefused(address, 9_000)).toBe('the address is not public');
  });

  test.each(['127.0.0.1', '127.0.0.2', '::1', '::ffff:127.0.0.1'])(
    'the exchange’s own ports at %s may not be reached in any case',
    (address) => {
      expect(guard.whyRefused(address, 8080)).toBe('the address is part of the exchange');
      expect(guard.whyRefused(address, 5432)).toBe('the address is part of the exchange');
    },
  );

  test('the exchange’s own ports may not be reached by any address of this machine', () => {
    const everywhere = createTargetGuard({ allow: ['0.0.0.0/0', '::/0'], ownPorts: () => [8080] });
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address } of own) {
      expect(everywhere.whyRefused(address.replace(/%.*$/, ''), 8080)).toBe(
        'the address is part of the exchange',
      );
    }
    for (const address of ['0.0.0.0', '::']) {
      expect(everywhere.whyRefused(address, 8080)).toBe('the address is part of the exchange');
    }
  });

  test('ports that the exchange takes later are its own from then on', () => {
    const ports: number[] = [];
    const growing = createTargetGuard({ allow: ['127.0.0.1'], ownPorts: () => ports });
    expect(growing.whyRefused('127.0.0.1', 9_001)).toBeUndefined();
    ports.push(9_001);
    expect(growing.whyRefused('127.0.0.1', 9_001)).toBeDefined();
  });
});

test('a network that cannot be read is an error at once', () => {
  expect(() => createTargetGuard({ allow: ['home'], ownPorts: () => [] })).toThrow();
});
