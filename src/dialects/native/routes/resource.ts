import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Access } from '../../../http/dialect.ts';
import { idempotent } from '../../../http/idempotent.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { IdempotencyStore } from '../../../kernel/idempotency.ts';
import type { Page, PageRequest } from '../../../kernel/page.ts';
import { pathId } from '../path-id.ts';
import {
  IdempotencyHeaders,
  IdParameters,
  Nothing,
  PageOf,
  PageQuery,
  problems,
} from '../schemas/common.ts';

const one = (singular: string): string => `${/^[aeio]/.test(singular) ? 'an' : 'a'} ${singular}`;

/** A kind of thing that can be listed, made, read, changed and removed. */
export interface Resource<Item, Id extends string, New extends TSchema, Change extends TSchema> {
  /** Path without its beginning, such as `users`. */
  readonly path: string;
  readonly singular: string;
  readonly shown: TSchema;
  readonly newBody: New;
  readonly changeBody: Change;
  /** Who is let in at the door; what somebody may do with one thing is the core's to say. */
  readonly access: Readonly<Record<'list' | 'read' | 'create' | 'change' | 'remove', Access>>;
  readonly present: (item: Item) => object;
  readonly list: (actor: Actor, page: PageRequest) => Promise<Page<Item>>;
  readonly get: (actor: Actor, id: Id) => Promise<Item>;
  readonly create: (actor: Actor, body: Static<New>) => Promise<Item>;
  readonly change: (actor: Actor, id: Id, body: Static<Change>) => Promise<Item>;
  readonly remove: (actor: Actor, id: Id) => Promise<void>;
}

/** Registers the five operations of a resource. */
export function resourceRoutes<
  Item,
  Id extends string,
  New extends TSchema,
  Change extends TSchema,
>(app: TypedApp, keys: IdempotencyStore, resource: Resource<Item, Id, New, Change>): void {
  const { path, singular, shown, present, access } = resource;
  const url = `/native/v1/${path}`;
  const idOf = (request: FastifyRequest) => pathId<Id>((request.params as { id: string }).id);
  app.get(
    url,
    {
      config: { access: access.list },
      schema: {
        summary: `Lists every ${singular}, oldest first`,
        querystring: PageQuery,
        response: { 200: PageOf(shown), ...problems },
      },
    },
    async ({ actor, query }) => {
      const { items, next } = await resource.list(actor, {
        limit: query.limit ?? 100,
        after: query.after,
      });
      return { items: items.map(present), next: next ?? null } as never;
    },
  );
  app.post(
    url,
    {
      config: { access: access.create },
      schema: {
        summary: `Makes ${one(singular)}`,
        body: resource.newBody,
        headers: IdempotencyHeaders,
        response: { 201: shown, ...problems },
      },
    },
    (request, reply) =>
      idempotent(keys, request as FastifyRequest, reply as unknown as FastifyReply, async () => ({
        status: 201,
        body: present(await resource.create(request.actor, request.body as Static<New>)),
      })) as never,
  );
  app.get(
    `${url}/:id`,
    {
      config: { access: access.read },
      schema: {
        summary: `Reads ${one(singular)}`,
        params: IdParameters,
        response: { 200: shown, ...problems },
      },
    },
    async (request) =>
      present(await resource.get(request.actor, idOf(request as FastifyRequest))) as never,
  );
  app.patch(
    `${url}/:id`,
    {
      config: { access: access.change },
      schema: {
        summary: `Changes the fields of ${one(singular)} that are sent`,
        params: IdParameters,
        body: resource.changeBody,
        response: { 200: shown, ...problems },
      },
    },
    async (request) => {
      const id = idOf(request as FastifyRequest);
      const item = await resource.change(request.actor, id, request.body as Static<Change>);
      return present(item) as never;
    },
  );
  app.delete(
    `${url}/:id`,
    {
      config: { access: access.remove },
      schema: {
        summary: `Removes ${one(singular)}`,
        params: IdParameters,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      await resource.remove(request.actor, idOf(request as FastifyRequest));
      return reply.code(204).send(null as never);
    },
  );
}
