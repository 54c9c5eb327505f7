import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createThrottle } from './throttle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const home = '192.0.2.1';
const away = '198.51.100.7';

function world() {
  const throttle = createThrottle();
  const attempt = async (
    address: string,
    name: string,
    outcome: 'right' | 'wrong' | 'unknown' = 'wrong',
  ) => {
    const admission = await throttle.admit({ address, name });
    if (admission.blockedSeconds === 0) await admission.end(outcome);
    return admission;
  };
  const failures = async (count: number, address: (at: number) => string, name: string) => {
    for (let at = 0; at < count; at += 1) await attempt(address(at), name);
  };
  return { throttle, attempt, failures };
}

describe('ten failures of an address under a name', () => {
  test('block the two together until five minutes after the first one', async () => {
    const { attempt, failures } = world();
    await failures(10, () => home, 'admin');
    expect((await attempt(home, 'admin', 'right')).blockedSeconds).toBe(300);
    vi.advanceTimersByTime(299_000);
    expect((await attempt(home, 'admin', 'right')).blockedSeconds).toBe(1);
    vi.advanceTimersByTime(1_001);
    expect((await attempt(home, 'admin', 'right')).blockedSeconds).toBe(0);
  });

  test('leave the name free at other addresses, and the address to other names', async () => {
    const { attempt, failures } = world();
    await failures(10, () => home, 'admin');
    expect(await attempt(away, 'admin', 'right')).toMatchObject({ blockedSeconds: 0, delayMs: 0 });
    expect((await attempt(home, 'alice', 'right')).blockedSeconds).toBe(0);
  });

  test('are forgotten with the first right one', async () => {
    const { attempt, failures } = world();
    await failures(9, () => home, 'admin');
    await attempt(home, 'admin', 'right');
    await failures(9, () => home, 'admin');
    expect((await attempt(home, 'admin', 'right')).blockedSeconds).toBe(0);
  });

  test('count while they are still being looked at: a burst is no way around', async () => {
    const { throttle } = world();
    const burst = await Promise.all(
      Array.from({ length: 30 }, () => throttle.admit({ address: home, name: 'admin' })),
    );
    expect(burst.filter(({ blockedSeconds }) => blockedSeconds === 0)).toHaveLength(10);
  });

  test('are none where nobody could say whether they were right', async () => {
    const { attempt } = world();
    for (let at = 0; at < 100; at += 1) await attempt(home, 'admin', 'unknown');
    expect(await attempt(home, 'admin')).toMatchObject({ blockedSeconds: 0, delayMs: 0 });
  });
});

describe('an address that tries many names', () => {
  const spray = async (attempt: ReturnType<typeof world>['attempt'], address: string) => {
    for (let at = 0; at < 50; at += 1) await attempt(address, `guess-${at}`);
  };

  test('is blocked after fifty failures, for every name', async () => {
    const { attempt } = world();
    await spray(attempt, home);
    expect((await attempt(home, 'alice', 'right')).blockedSeconds).toBeGreaterThan(0);
    expect((await attempt(away, 'alice', 'right')).blockedSeconds).toBe(0);
    vi.advanceTimersByTime(300_001);
    expect((await attempt(home, 'alice', 'right')).blockedSeconds).toBe(0);
  });

  test('is not forgiven for one name of its own that is right', async () => {
    const { attempt } = world();
    for (let at = 0; at < 50; at += 1) {
      await attempt(home, `guess-${at}`);
      await attempt(home, 'mallory', 'right');
    }
    expect((await attempt(home, 'alice')).blockedSeconds).toBeGreaterThan(0);
  });

  test('is not blocked by one program that goes on and on with a wrong password', async () => {
    const { attempt, failures } = world();
    await failures(1_000, () => home, 'stale');
    expect((await attempt(home, 'alice', 'right')).blockedSeconds).toBe(0);
  });

  test.each([
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2:bbbb::2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['192.0.2.9', '::ffff:192.0.2.9', true],
    ['192.0.2.9', '192.0.2.10', false],
  ])('%s and %s are one: %s', async (one, other, same) => {
    const { attempt } = world();
    await spray(attempt, one);
    expect((await attempt(other, 'alice')).blockedSeconds > 0).toBe(same);
  });
});

describe('a name that is tried from everywhere', () => {
  const everywhere = (at: number) => `203.0.${Math.floor(at / 250)}.${at % 250}`;

  test('is slowed down after a hundred failures, and never locked out', async () => {
    const { attempt, failures } = world();
    await failures(99, everywhere, 'admin');
    expect(await attempt(home, 'admin', 'right')).toMatchObject({ blockedSeconds: 0, delayMs: 0 });
    await failures(1_000, everywhere, 'admin');
    expect(await attempt(home, 'admin', 'right')).toMatchObject({
      blockedSeconds: 0,
      delayMs: 2_000,
    });
    expect(await attempt(home, 'alice')).toMatchObject({ delayMs: 0 });
    vi.advanceTimersByTime(300_001);
    expect(await attempt(home, 'admin', 'right')).toMatchObject({ delayMs: 0 });
  });
});
