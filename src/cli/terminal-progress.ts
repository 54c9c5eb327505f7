import type { Progress, ProgressStep } from '../kernel/progress.ts';

/** Where progress is written: a terminal or anything else. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Characters of the bar, and at least where the line is narrow. */
const barWidth = { usual: 24, least: 6 };
/** Milliseconds between two redraws, and between two plain lines. */
const redrawMs = 100;
const plainLineMs = 5_000;

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** @param left - characters that the line has for it */
const bar = (share: number, left: number): string => {
  const width = Math.max(barWidth.least, Math.min(barWidth.usual, left));
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
};

/** Redraws one line on a terminal. */
function onTerminal(stream: ProgressStream, title: string, now: () => number): ProgressStep {
  const began = now();
  let lastDraw = 0;
  const draw = (text: string) => stream.write(`\r\u001b[2K${text}`);
  /** What is to be redrawn must fit on one line. */
  const most = () => (stream.columns ?? 80) - 1;
  const line = (text: string) => draw(text.slice(0, most()));
  line(`${title} …`);
  return {
    update(detail, share) {
      if (now() - lastDraw < redrawMs) return;
      lastDraw = now();
      const rest = `  ${seconds(now() - began)}  ${detail}`;
      const percent = share === undefined ? '' : ` ${Math.round(share * 100)} %`;
      const left = most() - title.length - 1 - percent.length - rest.length;
      const how = share === undefined ? '' : ` ${bar(share, left)}${percent}`;
      line(`${title}${how}${rest}`);
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
