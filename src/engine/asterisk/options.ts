import type { Logger } from '../../kernel/logger.ts';

/** How to start the engine's program. */
export interface EngineProgram {
  readonly command: string;
  /** Comes before the program's own arguments: a loader and where its libraries lie. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Prefix under which its modules, sounds and documentation lie; absent for a system-wide one. */
  readonly root?: string;
  readonly version: string;
}

/** A program that outlives this server. */
export interface EngineProcess {
  readonly pid: number;
  /** Whether it ran before this server started. */
  readonly adopted: boolean;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

/** Starts programs in sessions of their own, and finds those that an earlier server started. */
export interface ProcessLauncher {
  find(name: string): Promise<EngineProcess | undefined>;
  start(
    name: string,
    program: {
      readonly command: string;
      readonly args: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
    },
  ): Promise<EngineProcess>;
}

export interface AsteriskOptions {
  readonly program: EngineProgram;
  /** Everything of the engine that changes: `data/engine`. Absolute. */
  readonly folder: string;
  readonly launcher: ProcessLauncher;
  readonly sip: { readonly host: string; readonly port: number };
  readonly rtp: { readonly from: number; readonly to: number };
  /** In order of preference. */
  readonly codecs: readonly string[];
  /** Absolute path of the music that held callers hear: a WAV of 8,000 Hz, mono, 16 bit. */
  readonly musicFolder: string;
  readonly logger: Logger;
}

/** Ports and secrets of a running engine; kept so that a later server finds them. */
export interface EngineAccess {
  readonly httpPort: number;
  readonly amiPort: number;
  readonly secret: string;
}

/** The name under which Polyvox is an application of the engine. */
export const appName = 'polyvox';
