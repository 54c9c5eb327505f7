import { describe, expect, test } from 'vitest';
import { createTerminalProgress } from './terminal-progress.ts';

function world(stream: { readonly isTTY: boolean; readonly columns?: number }) {
  let now = 0;
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const progress = createTerminalProgress({ ...stream, write }, () => now);
  return {
    progress,
    passes: (ms: number) => {
      now += ms;
    },
    written: () => written,
    /** What somebody sees in the end: each line as it was drawn last. */
    seen: () => written.split('\n').map((line) => line.split('\r\u001b[2K').at(-1)),
  };
}

describe('on a terminal', () => {
  test('one line is redrawn, with a bar, a share and the time', () => {
    const { progress, passes, seen } = world({ isTTY: true });
    const step = progress.step('Fetching Asterisk');
    passes(12_000);
    step.update('4 of 8 MB', 0.5);
    expect(seen()).toEqual(['Fetching Asterisk ████████████░░░░░░░░░░░░ 50 %  12 s  4 of 8 MB']);
    step.done('8 MB in 24 s');
    expect(seen()).toEqual(['✓ Fetching Asterisk: 8 MB in 24 s', '']);
  });

  test('is not redrawn more often than anybody can read', () => {
    const { progress, passes, written } = world({ isTTY: true });
    const step = progress.step('Migrating');
    passes(1_000);
    step.update('one');
    const before = written();
    passes(50);
    step.update('two');
    expect(written()).toBe(before);
  });

  test('a line that is too long is cut, so that it can be redrawn', () => {
    const { progress, passes, seen } = world({ isTTY: true, columns: 40 });
    const step = progress.step('Fetching');
    passes(1_000);
    step.update('x'.repeat(100));
    expect(seen()[0]?.length).toBeLessThan(40);
  });

  test('on a narrow one the bar gives way to what is happening', () => {
    const { progress, passes, seen } = world({ isTTY: true, columns: 60 });
    const step = progress.step('Fetching Asterisk');
    passes(2_000);
    step.update('unpacking 33 of 289', 0.5);
    expect(seen()).toEqual(['Fetching Asterisk █████░░░░░ 50 %  2 s  unpacking 33 of 289']);
    passes(2_000);
    step.update('x'.repeat(100), 0.5);
    expect(seen()[0]).toContain(' ███░░░ 50 %');
  });

  test('a share that makes no sense is drawn as none or all', () => {
    const { progress, passes, seen } = world({ isTTY: true });
    const step = progress.step('Fetching');
    passes(1_000);
    step.update('', 7);
    expect(seen()[0]).toContain('█'.repeat(24));
  });

  test('a failure is told to its end, on a line of its own', () => {
    const { progress, seen } = world({ isTTY: true, columns: 40 });
    const reason = `the disk is full. ${'Give it room. '.repeat(10)}Then start again.`;
    progress.step('Fetching').fail(reason);
    progress.step('Next');
    expect(seen()).toEqual([`✗ Fetching: ${reason}`, 'Next …']);
  });
});

describe('elsewhere', () => {
  test('whole lines are written, seldom, without anything that steers a terminal', () => {
    const { progress, passes, written } = world({ isTTY: false });
    const step = progress.step('Fetching Asterisk');
    for (let at = 1; at <= 12; at += 1) {
      passes(1_000);
      step.update(`${at} MB`, at / 12);
    }
    step.done();
    expect(written().split('\n')).toEqual([
      'Fetching Asterisk …',
      'Fetching Asterisk: 42 % after 5 s, 5 MB',
      'Fetching Asterisk: 83 % after 10 s, 10 MB',
      'Fetching Asterisk: done',
      '',
    ]);
    expect(written()).not.toContain('\u001b');
  });

  test('a failure says why', () => {
    const { progress, written } = world({ isTTY: false });
    progress.step('Fetching').fail('no network');
    expect(written()).toBe('Fetching …\nFetching: failed, no network\n');
  });
});
