import type { Legs, LegView } from '../../../core/calls/index.ts';
import type { Conferences } from '../../../core/conferences/index.ts';
import type { Queues } from '../../../core/queues/index.ts';
import type { AccountId } from '../../../kernel/ids.ts';
import type { CompileContext, KnownThings } from '../compile/compiler.ts';
import { applicationActor } from './application-actor.ts';
import type { CallSession } from './call-session.ts';
import { notesIn } from './room-notes.ts';

/** What is needed to know what verbs mean on a leg. */
export interface ContextPorts {
  readonly legs: Pick<Legs, 'find' | 'running'>;
  readonly conferences: Pick<Conferences, 'named'>;
  readonly queues: Pick<Queues, 'named'>;
  readonly account: (id: AccountId) => Promise<{ readonly realm: string }>;
  readonly box: { seal(secret: string): string };
}

/** What an account has at the moment. */
function knownIn({ legs, conferences, queues }: ContextPorts, accountId: AccountId): KnownThings {
  const actor = applicationActor(accountId);
  return {
    conferenceHook: (name) => notesIn(conferences.named(actor, name)?.conference.notes).waitHook,
    queueHook: (name) => notesIn(queues.named(actor, name)?.queue.notes).waitHook,
    legId: (callSid) => legs.running(actor).find(({ sid }) => sid === callSid.toLowerCase())?.id,
  };
}

/** What verbs mean that are said for a leg, now. @param base - where relative hooks begin */
export async function compileContext(
  ports: ContextPorts,
  leg: LegView,
  session: CallSession,
  base: string,
): Promise<Omit<CompileContext, 'staysOpen'>> {
  const { realm } = await ports.account(leg.accountId);
  return {
    base,
    realm: realm.toLowerCase(),
    language: session.language,
    isUp: (ports.legs.find(leg.id) ?? leg).state === 'answered',
    seal: ports.box.seal,
    known: knownIn(ports, leg.accountId),
  };
}
