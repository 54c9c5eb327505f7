import type { Legs } from '../../../core/calls/index.ts';
import type { ProgramSource } from '../../../core/programs/index.ts';
import type { SocketClient } from '../../../core/sockets/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { createSessions } from '../sessions/create-sessions.ts';
import { runCommand } from '../sessions/run-command.ts';
import { createJambonzSource, type SourcePorts } from './create-source.ts';
import { type StatusPorts, tellStatus } from './tell-status.ts';

export type ApplicationCallPorts = Omit<SourcePorts, 'sessions' | 'legs'> &
  Pick<StatusPorts, 'bus' | 'history' | 'logger'> & {
    readonly legs: Legs;
    readonly sockets: SocketClient;
    readonly clock: Clock;
  };

/** Applications and their calls: asked what to do, told how they get on, heard when they say something. */
export function createApplicationCalls(ports: ApplicationCallPorts): {
  readonly source: ProgramSource;
  stop(): void;
} {
  const sessions = createSessions({
    ...ports,
    onCommand: (legId, command) => void runCommand(ports, legId, command),
  });
  return {
    source: createJambonzSource({ ...ports, sessions }),
    stop: tellStatus({ ...ports, sessions }),
  };
}
