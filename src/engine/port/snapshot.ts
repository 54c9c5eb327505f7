import type { EngineBridgeId, EngineLegId } from './ids.ts';

/** A leg that exists in the engine and is ours to command. */
export interface EngineLegSnapshot {
  readonly id: EngineLegId;
  readonly state: 'down' | 'ringing' | 'up';
  /** Instant at which the engine made it. */
  readonly createdAt: Date;
}

export interface EngineBridgeSnapshot {
  readonly id: EngineBridgeId;
  readonly legs: readonly EngineLegId[];
}

export interface EngineSnapshot {
  readonly legs: readonly EngineLegSnapshot[];
  readonly bridges: readonly EngineBridgeSnapshot[];
}

export interface EngineStatus {
  readonly connected: boolean;
  /** Such as `22.10.1`; empty before the first connection. */
  readonly version: string;
  readonly startedAt: Date | undefined;
}

/** What became of a playback or recording whose end may have been missed. */
export type MediaWorkState =
  | { readonly state: 'running' }
  /** @param path - of a recording: where its file lies */
  | { readonly state: 'finished'; readonly path?: string; readonly durationSeconds?: number }
  | { readonly state: 'gone' };
