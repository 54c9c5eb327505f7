/** Slows down whoever guesses. */
export interface Throttle {
  /** Seconds until another attempt is allowed; 0 if it is allowed now. */
  blockedSeconds(key: string): Promise<number>;
  failed(key: string): Promise<void>;
  succeeded(key: string): Promise<void>;
}
