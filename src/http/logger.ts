import { Writable } from 'node:stream';
import pino from 'pino';
import pretty from 'pino-pretty';
import type { Logger } from '../kernel/logger.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Fields that are never written. */
const secret = ['authorization', 'cookie', 'password', 'secret', 'token', 'ha1'];

/** Fields that hold phone numbers; their last three digits are kept. */
const numbers = ['number', 'dialled', 'from', 'to', 'callerId', 'phoneNumber', 'username'];

const masked = (value: unknown): unknown =>
  typeof value === 'string' && value.length > 5 ? `…${value.slice(-3)}` : value;

/** Lines for people. Each takes the place of a line of progress, which is drawn again below it. */
const forPeople = () =>
  pretty({
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    colorize: true,
    destination: new Writable({
      write(lines: Buffer, _encoding, done) {
        process.stderr.write(`\r\u001b[2K${lines.toString('utf8')}`, () => done());
      },
    }),
  });

/** Writes the log: JSON lines on stderr, or lines for people on a terminal. */
export function createLogger(level: LogLevel, isTerminal: boolean): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) =>
          Object.fromEntries(
            Object.entries(fields).map(([key, value]) => [
              key,
              numbers.includes(key) ? masked(value) : value,
            ]),
          ),
      },
      serializers: { err: pino.stdSerializers.err },
    },
    isTerminal ? forPeople() : pino.destination({ dest: 2, sync: false }),
  );
  return logger as unknown as Logger;
}
