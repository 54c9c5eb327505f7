export type { Socket, SocketClient, SocketRequest } from './socket.ts';
export {
  socketAnswered,
  socketClosed,
  socketMalformed,
  socketTargetRefused,
  socketTimedOut,
  socketUnreachable,
} from './socket-errors.ts';
