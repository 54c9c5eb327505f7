import type { Progress, ProgressStep } from '../kernel/progress.ts';

/** Where progress is written: a terminal or anything else. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Characters of the bar; milliseconds between two redraws, and between two plain lines. */
const barWidth = 24;
const redrawMs = 100;
const plainLineMs = 5_000;

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

const bar = (share: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
};

/** Redraws one line on a terminal. */
function onTerminal(stream: ProgressStream, title: string, now: () => number): ProgressStep {
  const began = now();
  let lastDraw = 0;
  const draw = (text: string) => stream.write(`\r\u001b[2K${text}`);
  /** What is to be redrawn must fit on one line. */
  const line = (text: string) => draw(text.slice(0, (stream.columns ?? 80) - 1));
  line(`${title} …`);
  return {
    update(detail, share) {
      if (now() - lastDraw < redrawMs) return;
      lastDraw = now();
      const how = share === undefined ? '' : ` ${bar(share)} ${Math.round(share * 100)} %`;
      line(`${title}${how}  ${seconds(now() - began)}  ${detail}`);
    },
    done(result) {
      draw(`✓ ${title}${result ? `: ${result}` : ''}\n`);
    },
    fail(reason) {
      draw(`✗ ${title}: ${reason}\n`);
    },
  };
}

/** Writes whole lines, seldom. */
function inLines(stream: ProgressStream, title: string, now: () => number): ProgressStep {
  const began = now();
  let lastLine = now();
  stream.write(`${title} …\n`);
  return {
    update(detail, share) {
      if (now() - lastLine < plainLineMs) return;
      lastLine = now();
      const how = share === undefined ? '' : ` ${Math.round(share * 100)} %`;
      stream.write(`${title}:${how} after ${seconds(now() - began)}, ${detail}\n`);
    },
    done: (result) => void stream.write(`${title}: done${result ? `, ${result}` : ''}\n`),
    fail: (reason) => void stream.write(`${title}: failed, ${reason}\n`),
  };
}

/** Tells a person about long work: one line that is redrawn on a terminal, seldom lines elsewhere. */
export const createTerminalProgress = (
  stream: ProgressStream,
  now: () => number = Date.now,
): Progress => ({
  step: (title) => (stream.isTTY ? onTerminal : inLines)(stream, title, now),
});
