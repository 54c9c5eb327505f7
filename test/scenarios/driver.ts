import type { Exchange } from '../support/exchange.ts';

/** A running call as every dialect can be made to show it. */
export interface SeenCall {
  /** As the dialect names it; its own operations take it. */
  readonly id: string;
  /** Numbers of those who talk: who called, and who was called. */
  readonly from: string;
  readonly to: string;
  readonly state: 'ringing' | 'talking';
  /** Whether all of them wait. */
  readonly held?: boolean;
  /** Whether the caller's microphone is off. */
  readonly muted?: boolean;
  readonly recording?: boolean;
}

/** A finished call as every dialect can be made to show it. */
export interface FinishedCall {
  /** The same as while it ran, if the dialect showed it then. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly answered: boolean;
  /** Follows the link to its recording. @returns the WAV, or nothing if there is no recording (yet) */
  recording(): Promise<Buffer | undefined>;
}

/**
 * What the clients of an API may be able to do, on behalf of the caller. Answers say that something was
 * accepted; the stories wait until it is heard and seen.
 */
export interface Operations {
  /** Rings the phone of `caller`; when that is answered, the phone of `callee`. */
  start(caller: string, callee: string): Promise<void>;
  /** The running calls. */
  observe(): Promise<readonly SeenCall[]>;
  /** Nobody hears the other any more, or again. */
  hold(callId: string, on: boolean): Promise<void>;
  /** The caller is not heard any more, or again. */
  mute(callId: string, on: boolean): Promise<void>;
  record(callId: string, on: boolean): Promise<void>;
  /** Sends keys to the callee. */
  dtmf(callId: string, keys: string): Promise<void>;
  /** Hands the callee to a third phone; the caller's call ends. */
  transfer(callId: string, to: string): Promise<void>;
  hangUp(callId: string): Promise<void>;
  /** The newest finished calls. */
  history(): Promise<readonly FinishedCall[]>;
}
export type Operation = keyof Operations;

/** What not every dialect shows of a running call. */
export type Trait = 'ringing' | 'held' | 'muted' | 'recording';

/** One dialect, as the stories need it. What it cannot do is said here, once, with the reason. */
export interface Driver {
  readonly dialect: string;
  /** Operations that the dialect does not have, and why; every other one must be proven. */
  readonly lacks: Partial<Readonly<Record<Operation, string>>>;
  /** A dialect without `ringing` shows a call only when it is answered. */
  readonly shows: readonly Trait[];
  /** Signs in. @returns the operations that the dialect has */
  connect(exchange: Exchange): Promise<Partial<Operations>>;
}

/** A driver that has signed in. */
export interface Client extends Pick<Driver, 'dialect' | 'shows'> {
  readonly operations: Partial<Operations>;
}

export const has = ({ lacks }: Driver, operation: Operation): boolean => !(operation in lacks);
