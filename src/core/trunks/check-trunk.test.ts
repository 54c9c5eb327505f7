import { describe, expect, test } from 'vitest';
import { checkTrunk } from './check-trunk.ts';
import type { TrunkChange } from './trunk.ts';

const refused = (field: string): unknown =>
  expect.objectContaining({ code: 'trunk.invalid', details: { field } });

describe('a provider connection', () => {
  const good: readonly TrunkChange[] = [
    {},
    { host: 'sip.provider.example' },
    { host: '192.0.2.1' },
    { host: '2001:db8::1' },
    { port: 5060 },
    { username: '4922166980@provider' },
    { inboundAddresses: ['192.0.2.0/24', '192.0.2.7', '2001:db8::/32'] },
    { prefixes: ['+49', '+4922166980'] },
    { priority: -5 },
  ];
  test.each(good)('may be %j', (change) => {
    expect(() => checkTrunk(change)).not.toThrow();
  });

  const bad: readonly (readonly [string, TrunkChange])[] = [
    ['name', { name: '' }],
    ['host', { host: '' }],
    ['host', { host: 'a b' }],
    ['host', { host: 'host\n[evil]' }],
    ['host', { host: '-dash.example' }],
    ['port', { port: 0 }],
    ['port', { port: 65_536 }],
    ['port', { port: 5060.5 }],
    ['username', { username: 'a;b' }],
    ['username', { username: 'a\nb' }],
    ['secret', { secret: '' }],
    ['secret', { secret: 'semi;colon' }],
    ['secret', { secret: 'line\nbreak' }],
    ['inboundAddresses', { inboundAddresses: ['provider.example'] }],
    ['inboundAddresses', { inboundAddresses: ['192.0.2.0/33'] }],
    ['inboundAddresses', { inboundAddresses: ['192.0.2.0/24/8'] }],
    ['inboundAddresses', { inboundAddresses: ['2001:db8::/129'] }],
    ['prefixes', { prefixes: ['49'] }],
    ['prefixes', { prefixes: ['+0'] }],
    ['priority', { priority: 1.5 }],
    ['priority', { priority: Number.NaN }],
  ];
  test.each(bad)('has a bad %s in %j', (field, change) => {
    expect(() => checkTrunk(change)).toThrow(refused(field));
  });
});
