/** Slows down whoever guesses. */
export interface Throttle {
  /** Seconds until another attempt is allowed; 0 if it is allowed now. */
  blockedSeconds(key: string): number;
  failed(key: string): void;
  succeeded(key: string): void;
}
