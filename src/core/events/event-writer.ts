import type { CoreEvent } from './event.ts';

/** Stores events that belong to no call, such as a registration. */
export interface EventWriter {
  /** Resolves when they are durable. */
  write(events: readonly CoreEvent[]): Promise<void>;
}
