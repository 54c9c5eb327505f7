import type { Alerts } from '../../../core/alerts/index.ts';
import type { Legs } from '../../../core/calls/index.ts';
import type { Conferences } from '../../../core/conferences/index.ts';
import type { Deliveries } from '../../../core/deliveries/index.ts';
import type { ProgramSource } from '../../../core/programs/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { createSessions } from '../sessions/create-sessions.ts';
import { runCommand } from '../sessions/run-command.ts';
import { tellRooms } from '../sessions/tell-rooms.ts';
import { type TellSessionsPorts, tellSessions } from '../sessions/tell-sessions.ts';
import type { RaiseAlert } from './alerts.ts';
import { createJambonzSource, type SourcePorts } from './create-source.ts';
import { createToldHooks, type ToldHooksPorts } from './told-hooks.ts';

export type ApplicationCallPorts = Omit<SourcePorts, 'sessions' | 'legs' | 'raiseAlert'> &
  Pick<TellSessionsPorts, 'bus' | 'history'> &
  Pick<ToldHooksPorts, 'queueHook'> & {
    readonly legs: Legs;
    readonly conferences: Conferences;
    readonly deliveries: Deliveries;
    readonly alerts: Pick<Alerts, 'raise'>;
    readonly clock: Clock;
  };

/** Applications and their calls: asked what to do, told how they get on, heard when they say something. */
export function createApplicationCalls(given: ApplicationCallPorts): {
  readonly source: ProgramSource;
  /** Begins to tell status hooks; what happened while no server ran is told first. */
  start(): Promise<void>;
  stop(): void;
} {
  const raiseAlert: RaiseAlert = (accountId, { type, message, detail, targetSid }) =>
    given.alerts.raise(accountId, { kind: type, message, detail, target: targetSid });
  const ports = { ...given, raiseAlert };
  const sessions = createSessions({
    ...ports,
    onCommand: (legId, command) => void runCommand(ports, legId, command),
  });
  const stops = [tellSessions({ ...ports, sessions }), tellRooms({ ...ports, sessions })];
  return {
    source: createJambonzSource({ ...ports, sessions }),
    start: () => given.deliveries.follow(createToldHooks(ports)),
    stop() {
      for (const stop of stops) stop();
    },
  };
}
