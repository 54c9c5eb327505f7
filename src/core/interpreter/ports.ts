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
}

export interface InterpreterPorts {
  readonly engine: Engine;
  readonly live: LiveCalls;
  readonly clock: Clock;
  readonly speech: Speech;
  readonly directory: Directory;
  readonly registrations: Registrations;
  /** Writes down that a leg is over which the engine could not make. */
  readonly endLeg: (legId: LegId, cause: HangupCause) => void;
  /** Who is asked for programs, by the dialect that wrote them. */
  readonly sources: Readonly<Partial<Record<string, ProgramSource>>>;
  readonly logger: Logger;
}
