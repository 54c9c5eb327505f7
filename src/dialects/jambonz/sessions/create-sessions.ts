import { randomUUID } from 'node:crypto';
import { parseRetryFragment } from '../../../core/hooks/index.ts';
import type { Socket, SocketClient } from '../../../core/sockets/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { LegId } from '../../../kernel/ids.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { Logger } from '../../../kernel/logger.ts';
import type { OpenHook } from '../source/ask-hook.ts';
import { type Frame, readFrame } from './read-frame.ts';
import { sessionLost, sessionSilent } from './session-errors.ts';

/** What is said to an application. */
export interface Message {
  readonly type: string;
  /** The hook as the application wrote it. */
  readonly hook?: string;
  readonly data: JsonObject;
}

export type Command = Extract<Frame, { type: 'command' }>;

/** Sockets to applications: one for each leg whose application has one. */
export interface AppSessions {
  /**
   * Says something that must be acknowledged; opens the socket if there is none. After a restart of ours it
   * begins anew as a reconnection.
   * @returns the data of the acknowledgement
   * @throws {DomainError} `socket.*`, `jambonz.session_silent`, `jambonz.session_lost`
   */
  ask(leg: SessionOf, hook: OpenHook, message: Message): Promise<Json | undefined>;
  /** Says something that is not acknowledged, if there is a socket. @returns whether there is */
  tell(legId: LegId, message: Message): boolean;
  /** The leg is over: says goodbye. */
  end(legId: LegId): void;
}

/** Whose session it is. */
export interface SessionOf {
  readonly legId: LegId;
  readonly callSid: string;
  /** What `session:new` says, for reconnections. */
  readonly beginning: () => Promise<JsonObject>;
}

export interface SessionPorts {
  readonly sockets: SocketClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onCommand: (legId: LegId, command: Command) => void;
}

/** @see contracts/jambonz.json, websocket */
const subprotocol = 'ws.jambonz.org';
const ackLimitMs = 5_000;
const mostReconnects = 5;
const reconnectAfterMs = 500;
const goodbye = { clean: 1000, away: 1001 };

interface Session {
  readonly of: SessionOf;
  readonly hook: OpenHook;
  socket: Socket | undefined;
  opening: Promise<Socket> | undefined;
  reconnects: number;
  isOver: boolean;
  readonly pending: Map<string, (result: Json | undefined | Error) => void>;
}

export function createSessions(ports: SessionPorts): AppSessions {
  const { sockets, clock, logger, onCommand } = ports;
  const sessions = new Map<LegId, Session>();

  const frame = ({ of }: Session, msgid: string, { type, hook, data }: Message) =>
    JSON.stringify({
      type,
      msgid,
      call_sid: of.callSid,
      ...(hook !== undefined && { hook }),
      data,
    });
  const heard = (session: Session, socket: Socket, message: string | Uint8Array) => {
    const read = readFrame(message);
    if (typeof read === 'string') {
      const data = { msg: 'InvalidMessage', details: read, content: String(message).slice(0, 200) };
      socket.send(frame(session, randomUUID(), { type: 'jambonz:error', data }));
      return;
    }
    if (read.type === 'command') return onCommand(session.of.legId, read);
    session.pending.get(read.msgid)?.(read.data);
  };
  const closed = (session: Session, code: number) => {
    session.socket = undefined;
    for (const settle of session.pending.values()) settle(sessionLost());
    if (session.isOver || code === goodbye.clean) return forget(session);
    reconnectLater(session);
  };
  const forget = (session: Session) => {
    session.isOver = true;
    sessions.delete(session.of.legId);
  };
  const reconnectLater = (session: Session) => {
    if (session.reconnects >= mostReconnects) return forget(session);
    session.reconnects += 1;
    const at = new Date(clock.now().getTime() + reconnectAfterMs * session.reconnects);
    clock.wakeAt(at, () => {
      if (session.isOver || session.socket) return;
      reconnect(session).catch((error: unknown) => {
        logger.debug({ legId: session.of.legId, err: error }, 'an application is away');
        reconnectLater(session);
      });
    });
  };
  const reconnect = async (session: Session): Promise<void> => {
    await open(session);
    const data = await session.of.beginning();
    await say(session, { type: 'session:reconnect', data });
    session.reconnects = 0;
  };
  const open = (session: Session): Promise<Socket> => {
    if (session.socket) return Promise.resolve(session.socket);
    session.opening ??= connect(session).finally(() => {
      session.opening = undefined;
    });
    return session.opening;
  };
  const connect = async (session: Session): Promise<Socket> => {
    const { url, retry } = parseRetryFragment(session.hook.url);
    const { username, password } = session.hook;
    const socket = await sockets.open({ url, retry, username, password, subprotocol });
    session.socket = socket;
    socket.onMessage((message) => heard(session, socket, message));
    socket.onClose((code) => {
      if (session.socket === socket) closed(session, code);
    });
    return socket;
  };
  const say = (session: Session, message: Message): Promise<Json | undefined> =>
    new Promise((resolve, reject) => {
      const msgid = randomUUID();
      const forgetTimer = clock.wakeAt(new Date(clock.now().getTime() + ackLimitMs), () =>
        session.pending.get(msgid)?.(sessionSilent(ackLimitMs)),
      );
      session.pending.set(msgid, (result) => {
        session.pending.delete(msgid);
        forgetTimer();
        if (result instanceof Error) reject(result);
        else resolve(result);
      });
      if (!session.socket) return session.pending.get(msgid)?.(sessionLost());
      session.socket.send(frame(session, msgid, message));
    });
  return {
    async ask(of, hook, message) {
      const known = sessions.get(of.legId);
      const session: Session = known ?? {
        of,
        hook,
        socket: undefined,
        opening: undefined,
        reconnects: 0,
        isOver: false,
        pending: new Map(),
      };
      if (!known) sessions.set(of.legId, session);
      try {
        if (!session.socket) {
          if (message.type === 'session:new') await open(session);
          else await reconnect(session);
        }
        return await say(session, message);
      } catch (error) {
        if (!session.socket && session.reconnects === 0) forget(session);
        throw error;
      }
    },
    tell(legId, message) {
      const session = sessions.get(legId);
      if (!session?.socket) return false;
      session.socket.send(frame(session, randomUUID(), message));
      return true;
    },
    end(legId) {
      const session = sessions.get(legId);
      if (!session) return;
      forget(session);
      session.socket?.close(goodbye.clean);
    },
  };
}
