import type { Engine, HangupCause } from '../../engine/port/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { LegId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { LiveCalls } from '../calls/index.ts';
import type { ProgramSource } from '../programs/index.ts';
import type { Directory, RoutingView } from '../routing/index.ts';
import type { Speech } from './speech.ts';

/** Devices that are registered now. */
export interface Registrations {
  contactsOf: RoutingView['contactsOf'];
  /** Resolves when nothing is being asked of the engine. */
  settled(): Promise<void>;
}

/** Fetches sound files from where a client says, through the guarded client. */
export interface SoundFetcher {
  /**
   * A file that must be playable as it is.
   * @returns absolute path of a local WAV (mono, 16-bit PCM, 8,000 Hz)
   * @throws {DomainError} `announcement.unreachable`, `announcement.unusable`
   */
  fetch(url: string): Promise<string>;
  /**
   * A file of any kind that ffmpeg reads, converted; from `seekSeconds` on.
   * @throws {DomainError} `announcement.unreachable`, `announcement.unusable`
   */
  fetchAny(url: string, seekSeconds: number): Promise<string>;
}

export interface InterpreterPorts {
  readonly engine: Engine;
  readonly live: LiveCalls;
  readonly clock: Clock;
  readonly speech: Speech;
  readonly sounds: SoundFetcher;
  readonly directory: Directory;
  readonly registrations: Registrations;
  /** Writes down that a leg is over which the engine could not make. */
  readonly endLeg: (legId: LegId, cause: HangupCause) => void;
  /** Brings two legs into one call: the older of their calls goes on. */
  readonly mergeCalls: (a: LegId, b: LegId) => void;
  /** Who is asked for programs, by the dialect that wrote them. */
  readonly sources: Readonly<Partial<Record<string, ProgramSource>>>;
  readonly logger: Logger;
}
