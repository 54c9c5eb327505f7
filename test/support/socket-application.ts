import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from './eventually.ts';

/** A message that reached an application. */
export interface SeenMessage {
  readonly type: string;
  readonly msgid: string;
  readonly call_sid: string;
  readonly hook?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An application with a socket. */
export interface SocketApplication {
  readonly url: string;
  readonly seen: readonly SeenMessage[];
  /** Subprotocols that were asked for, one of each connection. */
  readonly subprotocols: readonly string[];
  /** From now on messages of a type, or with a hook, are acknowledged with these verbs. */
  answer(what: string, verbs: readonly object[]): void;
  /** Messages that are not acknowledged at all. */
  ignore(type: string): void;
  /** Says something on the newest connection. */
  say(frame: unknown): void;
  /** Breaks the newest connection. */
  break(): void;
  heard(what: string, fits?: (seen: SeenMessage) => boolean): Promise<SeenMessage>;
  stop(): Promise<void>;
}

/** Types that nobody acknowledges. @see contracts/jambonz.json, websocket: outgoing */
const unacknowledged = new Set(['call:status', 'jambonz:error', 'verb:status']);

export async function startSocketApplication(): Promise<SocketApplication> {
  const seen: SeenMessage[] = [];
  const subprotocols: string[] = [];
  const answers = new Map<string, readonly object[]>();
  const ignored = new Set<string>();
  let newest: WebSocket | undefined;
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('connection', (socket) => {
    newest = socket;
    subprotocols.push(socket.protocol);
    socket.on('message', (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString('utf8')) as SeenMessage;
      seen.push(message);
      const { type, msgid, hook } = message;
      if (unacknowledged.has(type) || ignored.has(type)) return;
      const data = answers.get(hook ?? type) ?? answers.get(type);
      socket.send(JSON.stringify({ type: 'ack', msgid, ...(data && { data }) }));
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/app`,
    seen,
    subprotocols,
    answer: (what, verbs) => void answers.set(what, verbs),
    ignore: (type) => void ignored.add(type),
    say: (frame) =>
      newest?.send(
        typeof frame === 'string'
          ? frame
          : JSON.stringify({ msgid: randomUUID(), ...(frame as object) }),
      ),
    break: () => newest?.terminate(),
    heard: (what, fits = () => true) =>
      eventually(
        () =>
          seen.find((message) => (message.type === what || message.hook === what) && fits(message)),
        {
          because: () =>
            `${what} was not heard; there were ${seen.map(({ type, hook }) => hook ?? type).join(', ')}`,
        },
      ),
    async stop() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
