import type { Engine, HangupCause, SipRoute } from '../../engine/port/index.ts';
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

/** Reads sound that somebody outside sent. */
export interface SoundDecoder {
  /**
   * @param rawRate - samples a second of raw samples (mono, 16-bit little-endian linear PCM); `undefined` for a
   *   file that says itself what it is
   * @returns mono, 16-bit little-endian linear PCM of a rate
   * @throws {DomainError} `announcement.unusable`
   */
  decode(bytes: Buffer, rawRate: number | undefined, rate: number): Promise<Buffer>;
}

/** Addresses of SIP somewhere else that somebody outside gave. */
export interface SipTargets {
  /**
   * Where an address leads now.
   * @throws {DomainError} `sip_target.refused` where nobody may be sent, `sip_target.unreachable`
   */
  find(uri: string): Promise<SipRoute>;
  /** Opens a password that was sealed when it was stored with a program. */
  open(sealed: string): string;
}

export interface InterpreterPorts {
  readonly engine: Engine;
  readonly live: LiveCalls;
  readonly clock: Clock;
  readonly speech: Speech;
  readonly sounds: SoundFetcher;
  readonly sipTargets: SipTargets;
  readonly directory: Directory;
  readonly registrations: Registrations;
  /** Which gateways of providers do not answer. */
  readonly trunkStates?: { readonly isOutOfReach: NonNullable<RoutingView['isOutOfReach']> };
  /** Writes down that a leg is over which the engine could not make. */
  readonly endLeg: (legId: LegId, cause: HangupCause) => void;
  /** Brings two legs into one call: the older of their calls goes on. */
  readonly mergeCalls: (a: LegId, b: LegId) => void;
  /** Who is asked for programs, by the dialect that wrote them. */
  readonly sources: Readonly<Partial<Record<string, ProgramSource>>>;
  readonly logger: Logger;
}
