/** A part of the exchange that must answer for it to be ready. */
export interface PartState {
  readonly state: 'ready' | 'starting' | 'unreachable';
  readonly version: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly draining: boolean;
  readonly parts: Readonly<Record<string, PartState>>;
  /** What an operator should look at although calls work. */
  readonly warnings: readonly string[];
}
