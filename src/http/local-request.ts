import type { FastifyRequest } from 'fastify';

const loopbackAddress = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const loopbackHost = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/** Headers that a browser's page or a proxy adds. */
const foreign = [
  'origin',
  'referer',
  'sec-fetch-site',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/**
 * Whether a program on this machine asked directly: the peer and the `Host` are loopback, and nothing says
 * that a web page or a proxy is behind it.
 */
export const isLocalRequest = (request: FastifyRequest): boolean =>
  loopbackAddress.test(request.raw.socket.remoteAddress ?? '') &&
  loopbackHost.test(request.headers.host ?? '') &&
  foreign.every((name) => request.headers[name] === undefined);
