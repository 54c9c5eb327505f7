import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import type { DomainError } from '../kernel/domain-error.ts';
import { bodyText, contentTypeOf, type ErrorStyle, statusOf } from './error-style.ts';
import { headTooLarge, malformedHead, requestTooSlow } from './request-errors.ts';

/** Bytes in which the path is looked for. */
const lookAt = 512;

const refusals: Readonly<Record<string, () => DomainError>> = {
  HPE_HEADER_OVERFLOW: headTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: requestTooSlow,
};

/** Answers what never became a request, in the words of the dialect that its path belongs to. */
export const answerUnreadable =
  (styleOf: (path: string) => ErrorStyle) =>
  (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const refusal = (refusals[error.code] ?? malformedHead)();
    const packet = error.rawPacket as unknown as Buffer | undefined;
    const start = packet?.subarray(0, lookAt).toString('latin1') ?? '';
    const style = styleOf(/^[A-Z]+ (\S+)/.exec(start)?.[1] ?? '');
    const status = statusOf(style, refusal);
    const type = contentTypeOf(style, refusal, status);
    const body = bodyText(style.body(refusal, status, 'none'), type);
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
        `content-type: ${type}`,
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  };
