import type { Legs } from '../../../core/calls/index.ts';
import type { Conferences } from '../../../core/conferences/index.ts';
import { isDomainError } from '../../../kernel/domain-error.ts';
import type { LegId, Sid } from '../../../kernel/ids.ts';
import type { Json } from '../../../kernel/json.ts';
import { changeCall } from '../change-call.ts';
import { compileVerbs } from '../compile/compile-verbs.ts';
import type { RaiseAlert } from '../source/alerts.ts';
import { applicationActor } from '../source/application-actor.ts';
import { type FindApplication, noApplication, sessionOf } from '../source/call-session.ts';
import { type ContextPorts, compileContext } from '../source/compile-context.ts';
import type { Command } from './create-sessions.ts';

export interface CommandPorts extends Omit<ContextPorts, 'legs' | 'conferences'> {
  readonly legs: Legs;
  readonly conferences: Conferences;
  readonly applications: FindApplication;
  readonly raiseAlert: RaiseAlert;
  readonly box: { seal(secret: string): string; open(sealed: string): string };
}

/** What an option holds: clients send it as it is, or below its own name as live call control has it. */
const option = (name: string) => (data: Json | undefined) => {
  const isNamed = typeof data === 'object' && data !== null && Object.keys(data).join() === name;
  return isNamed ? data : { [name]: data };
};

/** Commands as options of live call control. @see contracts/jambonz.json, websocket: commands */
const asChange: Readonly<Record<string, (data: Json | undefined) => unknown>> = {
  redirect: (data) => data,
  'call:status': (data) => data,
  'mute:status': (data) => data,
  'conf:mute-status': (data) => data,
  'conf:hold-status': (data) => data,
  'conf:participant-action': option('conferenceParticipantAction'),
  'listen:status': (data) => data,
  'stream:status': (data) => data,
  'transcribe:status': (data) => data,
  whisper: option('whisper'),
  record: option('record'),
  dtmf: option('dtmf'),
  tag: option('tag'),
};

/** Does what an application with a socket says. What cannot be done is an alert: nobody waits for an answer. */
export async function runCommand(
  ports: CommandPorts,
  legId: LegId,
  { command, data, queueCommand, callSid }: Command,
): Promise<void> {
  const { legs, conferences, applications, raiseAlert, box } = ports;
  const own = legs.find(legId);
  if (!own) return;
  const actor = applicationActor(own.accountId);
  try {
    const leg = callSid ? await legs.get(actor, callSid as Sid) : own;
    const source = own.source ?? { dialect: 'jambonz', reference: noApplication };
    const session = await sessionOf(leg, applications, box.open);
    const base = session.callHook?.url ?? 'http://localhost/';
    if (command === 'redirect' && Array.isArray(data)) {
      const context = await compileContext(ports, leg, session, base);
      const instructions = compileVerbs(data, { ...context, staysOpen: !queueCommand });
      const program = { source, instructions };
      if (queueCommand) legs.append(actor, leg.sid, program);
      else legs.run(actor, leg.sid, program);
      return;
    }
    const children = legs.running(actor).filter(({ parentLegId }) => parentLegId === leg.id);
    const body = asChange[command]?.(data);
    await changeCall(typeof body === 'object' && body !== null ? { ...body } : {}, {
      ...{ legs, conferences, actor, leg, children, base, source },
      seal: box.seal,
    });
  } catch (error) {
    const message = isDomainError(error) ? error.message : `${command} failed`;
    raiseAlert(own.accountId, { type: 'error-updating-call', message, targetSid: own.sid });
  }
}
