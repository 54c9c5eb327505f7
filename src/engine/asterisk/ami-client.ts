import { connect, type Socket } from 'node:net';
import type { Logger } from '../../kernel/logger.ts';
import { engineRefused, engineUnavailable } from '../port/index.ts';
import { appName, type EngineAccess } from './options.ts';

/** One message of the manager interface: its headers, the last one of a name wins. */
export type AmiMessage = Readonly<Record<string, string>>;

export interface AmiClient {
  /** The answer to an action. @throws {DomainError} `engine.refused`, `engine.unavailable` */
  action(name: string, headers?: Readonly<Record<string, string>>): Promise<AmiMessage>;
  /** The events of a list that an action starts. */
  list(name: string, headers?: Readonly<Record<string, string>>): Promise<readonly AmiMessage[]>;
  /** Resolves when it is logged in, now or the next time. */
  ready(): Promise<void>;
  close(): void;
}

interface Pending {
  readonly name: string;
  readonly isList: boolean;
  readonly events: AmiMessage[];
  readonly resolve: (answer: { response: AmiMessage; events: readonly AmiMessage[] }) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  response?: AmiMessage;
}

const limitMs = 5_000;
const lineBreaks = /[\r\n]/;

/** Cuts a stream of bytes into messages, which end with an empty line. */
export function createAmiParser(onMessage: (message: AmiMessage) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    rest += chunk;
    let end = rest.indexOf('\r\n\r\n');
    while (end >= 0) {
      const message: Record<string, string> = {};
      for (const line of rest.slice(0, end).split('\r\n')) {
        const colon = line.indexOf(':');
        if (colon > 0) message[line.slice(0, colon)] = line.slice(colon + 1).trim();
      }
      rest = rest.slice(end + 4);
      onMessage(message);
      end = rest.indexOf('\r\n\r\n');
    }
  };
}

const encode = (headers: Readonly<Record<string, string>>): string => {
  const lines = Object.entries(headers).map(([key, value]) => {
    if (lineBreaks.test(value) || lineBreaks.test(key))
      throw new TypeError('line break in a header');
    return `${key}: ${value}`;
  });
  return `${lines.join('\r\n')}\r\n\r\n`;
};

/** Speaks with the engine's manager interface; comes back after every loss until it is closed. */
export function openAmi(
  access: EngineAccess,
  onEvent: (event: AmiMessage) => void,
  onOpen: () => void,
  logger: Logger,
): AmiClient {
  const pending = new Map<string, Pending>();
  let socket: Socket | undefined;
  let ready = false;
  const waiting = new Set<() => void>();
  let closed = false;
  let counter = 0;
  let retry: NodeJS.Timeout | undefined;

  const settle = (id: string): Pending | undefined => {
    const found = pending.get(id);
    if (found) clearTimeout(found.timer);
    pending.delete(id);
    return found;
  };
  const answered = (id: string, message: AmiMessage) => {
    const wait = pending.get(id);
    if (!wait) return;
    if ('Response' in message) {
      wait.response = message;
      const refused = message.Response === 'Error';
      if (!refused && wait.isList) return;
      settle(id);
      if (refused) wait.reject(engineRefused(wait.name, 0, new Error(message.Message)));
      else wait.resolve({ response: message, events: [] });
      return;
    }
    if (message.EventList?.startsWith('Complete')) {
      settle(id)?.resolve({ response: wait.response ?? message, events: wait.events });
    } else wait.events.push(message);
  };
  const hear = (message: AmiMessage) => {
    if (message.ActionID !== undefined && pending.has(message.ActionID))
      answered(message.ActionID, message);
    else if (message.Event) onEvent(message);
  };
  const ask = (name: string, headers: Readonly<Record<string, string>>, isList: boolean) =>
    new Promise<{ response: AmiMessage; events: readonly AmiMessage[] }>((resolve, reject) => {
      if (!socket || (!ready && name !== 'Login')) return reject(engineUnavailable(name));
      counter += 1;
      const id = `pvx${counter}`;
      const timer = setTimeout(() => settle(id)?.reject(engineUnavailable(name)), limitMs);
      pending.set(id, { name, isList, events: [], resolve, reject, timer });
      socket.write(encode({ Action: name, ActionID: id, ...headers }));
    });
  const open = () => {
    socket = connect({ host: '127.0.0.1', port: access.amiPort });
    const current = socket;
    const parse = createAmiParser(hear);
    let greeted = false;
    current.setEncoding('utf8');
    current.on('data', (chunk: string) => {
      if (greeted) return parse(chunk);
      const end = chunk.indexOf('\r\n');
      greeted = true;
      if (end + 2 < chunk.length) parse(chunk.slice(end + 2));
    });
    current.on('connect', () => {
      ask(
        'Login',
        { Username: appName, Secret: access.secret, Events: 'system,security' },
        false,
      ).then(
        () => {
          ready = true;
          for (const wake of waiting) wake();
          waiting.clear();
          onOpen();
        },
        (error: unknown) => {
          logger.warn({ err: error }, 'the engine’s manager interface refused the login');
          current.destroy();
        },
      );
    });
    current.on('error', () => undefined);
    current.on('close', () => {
      ready = false;
      for (const id of [...pending.keys()]) {
        const wait = settle(id);
        wait?.reject(engineUnavailable(wait.name));
      }
      if (!closed) retry = setTimeout(open, 300);
    });
  };
  open();
  return {
    action: async (name, headers = {}) => (await ask(name, headers, false)).response,
    list: async (name, headers = {}) => (await ask(name, headers, true)).events,
    ready: () =>
      ready ? Promise.resolve() : new Promise((resolve) => void waiting.add(() => resolve())),
    close() {
      closed = true;
      clearTimeout(retry);
      socket?.destroy();
    },
  };
}
