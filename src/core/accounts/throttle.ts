/** Who tries to be whom. */
export interface SignInAttempt {
  /** Peer address. */
  readonly address: string;
  /** The name that is tried; of a token that has none, something that stands for it. */
  readonly name: string;
}

/** Whether somebody may try now. */
export interface Admission {
  /** Seconds until another attempt is allowed; 0 if this one is. */
  readonly blockedSeconds: number;
  /** Milliseconds that the attempt is held back. */
  readonly delayMs: number;
  /** How an attempt that was allowed ended; `unknown` if nobody could say. */
  end(outcome: 'right' | 'wrong' | 'unknown'): Promise<void>;
}

/**
 * Slows down whoever guesses. Who fails often is refused at the own address only: a name cannot be locked out
 * from elsewhere, it is slowed down at most.
 */
export interface Throttle {
  admit(attempt: SignInAttempt): Promise<Admission>;
}
