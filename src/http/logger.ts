import pino from 'pino';
import type { Logger } from '../kernel/logger.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Fields that are never written. */
const secret = ['authorization', 'cookie', 'password', 'secret', 'token', 'ha1'];

/** Fields that hold phone numbers; their last three digits are kept. */
const numbers = ['number', 'dialled', 'from', 'to', 'callerId', 'phoneNumber', 'username'];

const masked = (value: unknown): unknown =>
  typeof value === 'string' && value.length > 5 ? `…${value.slice(-3)}` : value;

/** Writes the log: JSON lines on stderr, or lines for people on a terminal. */
export function createLogger(level: LogLevel, pretty: boolean): Logger {
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
    pretty
      ? pino.transport({
          target: 'pino-pretty',
          options: { destination: 2, translateTime: 'SYS:HH:MM:ss', singleLine: true },
        })
      : pino.destination({ dest: 2, sync: false }),
  );
  return logger as unknown as Logger;
}
