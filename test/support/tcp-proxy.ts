import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A cable between a client and a server on this machine, which can be cut. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** The next request in which these bytes occur reaches the server, but its answer is lost with the connection. */
  loseAnswerTo(bytes: string): void;
  close(): Promise<void>;
}

export async function createTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let doomed: string | undefined;
  let server: Server | undefined;
  let port = 0;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const join = (client: Socket) => {
    const target = keep(connect(targetPort, '127.0.0.1'));
    let losing = false;
    keep(client);
    client.on('data', (bytes) => {
      if (doomed !== undefined && bytes.includes(doomed)) {
        doomed = undefined;
        losing = true;
      }
      target.write(bytes);
    });
    target.on('data', (bytes) => {
      if (losing) client.destroy();
      else client.write(bytes);
    });
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  };
  const listen = async () => {
    server = createServer(join).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const cut = async () => {
    const closed = server && once(server, 'close');
    server?.close();
    server = undefined;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  return {
    port,
    cut,
    restore: listen,
    loseAnswerTo(bytes) {
      doomed = bytes;
    },
    close: cut,
  };
}
