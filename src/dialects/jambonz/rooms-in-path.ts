import type { FastifyRequest } from 'fastify';
import {
  type ConferenceView,
  conferenceNotFound,
  type ParticipantView,
  participantNotFound,
} from '../../core/conferences/index.ts';
import {
  type EntryView,
  entryNotFound,
  type QueueView,
  queueNotFound,
} from '../../core/queues/index.ts';
import type { Services } from '../../http/services.ts';
import type { Sid } from '../../kernel/ids.ts';
import { accountInPath, type InAccount, pathSid } from './reach.ts';
import { conferenceSid, queueSid } from './source/room-notes.ts';

type Request = Pick<FastifyRequest, 'params' | 'actor'>;

/** The name in a path, which is written alone or as a sid. */
function nameInPath(request: Request, parameter: string, sidOf: (name: string) => string): string {
  const written = String((request.params as Readonly<Record<string, unknown>>)[parameter]);
  const prefix = sidOf('');
  return written.startsWith(prefix) ? written.slice(prefix.length) : written;
}

/** A conference of the path, and the caller acting in its account. @throws {DomainError} `conference.not_found` */
export async function conferenceInPath(
  services: Pick<Services, 'accounts' | 'conferences'>,
  request: Request,
): Promise<InAccount & { readonly view: ConferenceView }> {
  const within = await accountInPath(services, request);
  const name = nameInPath(request, 'conference', (one) => conferenceSid(within.account.sid, one));
  const view = services.conferences.named(within.actor, name);
  if (!view) throw conferenceNotFound(name);
  return { ...within, view };
}

/** @throws {DomainError} `conference.participant_not_found` */
export function participantInPath(
  { participants }: ConferenceView,
  request: Request,
): ParticipantView {
  const sid: Sid = pathSid(request, 'call_sid');
  const found = participants.find(({ leg }) => leg.sid === sid);
  if (!found) throw participantNotFound(sid);
  return found;
}

/** A queue of the path, and the caller acting in its account. @throws {DomainError} `queue.not_found` */
export async function queueInPath(
  services: Pick<Services, 'accounts' | 'queues'>,
  request: Request,
): Promise<InAccount & { readonly view: QueueView }> {
  const within = await accountInPath(services, request);
  const name = nameInPath(request, 'queue', (one) => queueSid(within.account.sid, one));
  const view = services.queues.named(within.actor, name);
  if (!view) throw queueNotFound(name);
  return { ...within, view };
}

/** @throws {DomainError} `queue.entry_not_found` */
export function entryInPath({ entries }: QueueView, request: Request): EntryView {
  const sid: Sid = pathSid(request, 'call_sid');
  const found = entries.find(({ leg }) => leg.sid === sid);
  if (!found) throw entryNotFound(sid);
  return found;
}
