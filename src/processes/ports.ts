import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { hostNotHere, portInUse, portNotAllowed, type WantedPort } from './process-errors.ts';

/** What an error of listening means; anything else passes unchanged. @see errno(3) */
export function translateListenError(error: unknown, wanted: WantedPort): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return portInUse(wanted, error);
    case 'EACCES':
      return portNotAllowed(wanted, error);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return hostNotHere(wanted, error);
    default:
      return error;
  }
}

const listenTcp = ({ host, port }: WantedPort): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });

const listenUdp = ({ host, port }: WantedPort): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', reject);
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve()));
  });

/**
 * Makes sure that nobody else listens, by listening for a moment. Port 0 is always free.
 * @throws {DomainError} `port.in_use`, `port.not_allowed`, `port.host_not_here` (unavailable)
 */
export async function ensurePortFree(wanted: WantedPort): Promise<void> {
  try {
    await (wanted.protocol === 'tcp' ? listenTcp(wanted) : listenUdp(wanted));
  } catch (error) {
    throw translateListenError(error, wanted);
  }
}
