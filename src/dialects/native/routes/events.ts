import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { CoreEvent } from '../../../core/events/index.ts';
import { streamEvents } from '../../../http/event-stream.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Actor, mayActFor } from '../../../kernel/actor.ts';
import { problems } from '../schemas/common.ts';

/**
 * People who are no administrators hear of calls that they take part in, and of their devices. That another
 * account is gone is told in the default one, to the operator alone.
 */
function mayHear(actor: Actor, event: CoreEvent): boolean {
  if ('kind' in event && event.kind === 'account' && event.id !== event.accountId)
    return actor.operator;
  if (actor.admin) return true;
  return 'userId' in event && mayActFor(actor, event.userId);
}

/** Whether what an actor may do is no longer what it was when they signed in. */
function unsettles(actor: Actor, event: CoreEvent): boolean {
  if (event.type !== 'object.changed' && event.type !== 'object.removed') return false;
  if (event.kind === 'user') return event.id === actor.userId;
  if (event.kind === 'token') return event.id === actor.credentialId;
  return (
    event.kind === 'account' && event.type === 'object.removed' && event.id === actor.accountId
  );
}

const stream = {
  description: 'A stream that does not end; `gap` says that events are no longer kept',
  content: { 'text/event-stream': { schema: Type.String() } },
};

/** What is for program sources alone is not shown. */
function presentEvent(event: CoreEvent): Readonly<Record<string, unknown>> {
  const { accountId: _account, ...shown } = event;
  if (shown.type === 'program.cut_short') {
    const { question: _question, ...data } = shown;
    return data;
  }
  if (!('watchers' in shown)) return shown;
  const { watchers: _watchers, ...data } = shown;
  return data;
}

/** Everything that happens in the account, as server-sent events. */
export function eventRoutes(app: TypedApp, { events }: Services): void {
  app.get(
    '/native/v1/events',
    {
      config: { access: { kind: 'credential' } },
      exposeHeadRoute: false,
      schema: {
        summary: 'Server-sent events; goes on after Last-Event-ID',
        querystring: Type.Object({
          types: Type.Optional(
            Type.String({ maxLength: 1024, description: 'Only these, separated by commas' }),
          ),
          after: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: Number.MAX_SAFE_INTEGER,
              description: 'Like Last-Event-ID',
            }),
          ),
        }),
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 32 })) }),
        response: { 200: stream, ...problems },
      },
    },
    (request, reply) => {
      const { types, after } = request.query;
      const wanted = types ? new Set(types.split(',').map((type) => type.trim())) : undefined;
      const last = request.headers['last-event-id'];
      const { actor } = request;
      return streamEvents(request as FastifyRequest, reply as unknown as FastifyReply, {
        ...events,
        accountId: actor.accountId,
        after: last && /^\d{1,15}$/.test(last) ? Number(last) : after,
        isLast: ({ event }) => unsettles(actor, event),
        present({ event }) {
          if ((wanted && !wanted.has(event.type)) || !mayHear(actor, event)) return undefined;
          return { type: event.type, data: presentEvent(event) };
        },
      }) as never;
    },
  );
}
