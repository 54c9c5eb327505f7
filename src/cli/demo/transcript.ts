import { styleText } from 'node:util';
import { cutTo } from './shorten.ts';

/** Who says a line: an API, the stream of events, or a phone. */
export type Speaker = ApiName | 'event' | `phone ${string}`;
export type ApiName = 'sipgate' | 'MikoPBX' | 'native';

/** What is written on: a terminal, or anything else. */
export interface TranscriptStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How a check ended; `undefined` if the run did not come so far. */
export interface CheckResult {
  readonly passed: boolean | undefined;
  /** What was checked, in two or three words. */
  readonly name: string;
  /** What was measured, in lines. */
  readonly found: readonly string[];
}

/** The story of a call, in lines of time, speaker and text. Colours only on a terminal. */
export interface Transcript {
  heading(text: string): void;
  /** What was asked: method, path and body. */
  asked(who: Speaker, text: string): void;
  answered(who: Speaker, status: number, text: string): void;
  happened(who: Speaker, text: string): void;
  check(result: CheckResult): void;
  note(text: string): void;
}

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<string, Style>> = {
  sipgate: 'cyan',
  MikoPBX: 'magenta',
  native: 'blue',
  event: 'gray',
};
const phoneStyle: Style = 'yellow';

const speakerWidth = 9;
const checkWidth = 22;
/** Characters of a line where there is no terminal, and at most on one. */
const usualWidth = 110;
const mostWidth = 140;

/** @param now - milliseconds, of a clock that only goes forward */
export function createTranscript(
  stream: TranscriptStream,
  now: () => number = () => performance.now(),
): Transcript {
  let began: number | undefined;
  const width = Math.min(mostWidth, stream.isTTY ? (stream.columns ?? usualWidth) : usualWidth);
  const paint = (style: Style, text: string) =>
    stream.isTTY ? styleText(style, text, { stream }) : text;
  const write = (text: string) => void stream.write(`${text}\n`);
  const line = (who: Speaker, mark: string, text: string, style?: Style) => {
    began ??= now();
    const time = ((now() - began) / 1_000).toFixed(2).padStart(6);
    const left = `${time}  ${who.padEnd(speakerWidth)} ${mark} `;
    const shown = cutTo(text, width - left.length);
    write(
      `${paint('dim', time)}  ${paint(styles[who] ?? phoneStyle, who.padEnd(speakerWidth))} ${paint('dim', mark)} ${style ? paint(style, shown) : shown}`,
    );
  };
  const marks = (passed: boolean | undefined) => {
    if (passed === undefined) return paint('dim', '–');
    return passed ? paint('green', '✓') : paint('red', '✗');
  };
  return {
    heading: (text) => write(`\n${paint('bold', text)}`),
    asked: (who, text) => line(who, '>', text),
    answered: (who, status, text) =>
      line(who, '<', `${status} ${text}`.trimEnd(), status < 300 ? undefined : 'red'),
    happened: (who, text) => line(who, '*', text, who === 'event' ? 'gray' : undefined),
    check({ passed, name, found }) {
      const [first = '', ...more] = found;
      write(`${marks(passed)} ${name.padEnd(checkWidth)} ${first}`.trimEnd());
      for (const text of more) write(`${' '.repeat(checkWidth + 3)}${text}`);
    },
    note: (text) => write(text),
  };
}
