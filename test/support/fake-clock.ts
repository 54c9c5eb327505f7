import type { Clock } from '../../src/kernel/clock.ts';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves on, and wakes everybody whose instant has come, in order. */
  advance(by: { readonly seconds: number }): void;
  /** How many wait to be woken. */
  waiting(): number;
  /** Milliseconds until the first of them is. */
  nextInMs(): number | undefined;
}

interface Alarm {
  readonly at: number;
  readonly wake: () => void;
}

/** A Tuesday evening in Berlin. */
const usualStart = '2026-03-17T17:05:00.000Z';

export function createFakeClock(start: string = usualStart): FakeClock {
  const alarms = new Set<Alarm>();
  let now = Date.parse(start);

  const ring = (alarm: Alarm) => {
    if (alarms.delete(alarm)) alarm.wake();
  };
  const nextUntil = (end: number): Alarm | undefined =>
    [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => new Date(now),
    wakeAt(at, wake) {
      const alarm: Alarm = { at: at.getTime(), wake };
      alarms.add(alarm);
      if (alarm.at <= now) queueMicrotask(() => ring(alarm));
      return () => void alarms.delete(alarm);
    },
    advance({ seconds }) {
      const end = now + seconds * 1000;
      for (let alarm = nextUntil(end); alarm; alarm = nextUntil(end)) {
        now = Math.max(now, alarm.at);
        ring(alarm);
      }
      now = end;
    },
    waiting: () => alarms.size,
    nextInMs: () =>
      alarms.size > 0 ? Math.min(...[...alarms].map(({ at }) => at)) - now : undefined,
  };
}
