import type { EndpointChange, LiveEndpoint } from '../../../core/endpoints/index.ts';
import type { NumberTarget, PhoneNumber } from '../../../core/numbers/index.ts';
import type { LiveTrunk, NewTrunk, TrunkChange } from '../../../core/trunks/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { EndpointId, NumberId, TrunkId, UserId } from '../../../kernel/ids.ts';
import type { E164 } from '../../../kernel/phone-number.ts';
import { withoutNulls } from '../path-id.ts';
import { presentEndpoint, presentNumber, presentTrunk } from '../present/things.ts';
import {
  EndpointBody,
  EndpointChangeBody,
  NewEndpointBody,
  NewNumberBody,
  NewTrunkBody,
  NumberBody,
  NumberChangeBody,
  TrunkBody,
  TrunkChangeBody,
} from '../schemas/things.ts';
import { resourceRoutes } from './resource.ts';

const known = { kind: 'credential' } as const;
const admin = { kind: 'admin' } as const;

/** What a trunk has if nothing is said. */
const usualTrunk = {
  port: 5060,
  transport: 'udp',
  inboundAddresses: [],
  prefixes: [],
  priority: 0,
  emergency: false,
  enabled: true,
} satisfies Partial<NewTrunk>;

/** Devices, numbers and provider connections. */
export function thingRoutes(app: TypedApp, services: Services): void {
  const { users, endpoints, numbers, trunks, idempotency } = services;
  /** @throws {DomainError} `user.not_found` for people of other accounts */
  const checkOwner = async (actor: Actor, userId: string | null | undefined) => {
    if (userId) await users.get(actor, userId as UserId);
  };
  resourceRoutes<LiveEndpoint, EndpointId, typeof NewEndpointBody, typeof EndpointChangeBody>(
    app,
    idempotency,
    {
      path: 'endpoints',
      singular: 'endpoint',
      shown: EndpointBody,
      newBody: NewEndpointBody,
      changeBody: EndpointChangeBody,
      access: { list: known, read: known, create: admin, change: known, remove: admin },
      present: presentEndpoint,
      list: (actor, page) => endpoints.list(actor, page),
      get: (actor, id) => endpoints.get(actor, id),
      async create(actor, { userId, alias, maxContacts, ...body }) {
        await checkOwner(actor, userId);
        return endpoints.create(actor, {
          ...body,
          userId: (userId ?? undefined) as UserId | undefined,
          alias: alias ?? body.username,
          maxContacts: maxContacts ?? 5,
        });
      },
      async change(actor, id, body) {
        await checkOwner(actor, body.userId);
        return endpoints.change(actor, id, withoutNulls(body) as EndpointChange);
      },
      remove: (actor, id) => endpoints.remove(actor, id),
    },
  );
  resourceRoutes<PhoneNumber, NumberId, typeof NewNumberBody, typeof NumberChangeBody>(
    app,
    idempotency,
    {
      path: 'numbers',
      singular: 'number',
      shown: NumberBody,
      newBody: NewNumberBody,
      changeBody: NumberChangeBody,
      access: { list: known, read: known, create: admin, change: admin, remove: admin },
      present: presentNumber,
      list: (actor, page) => numbers.list(actor, page),
      get: (actor, id) => numbers.get(actor, id),
      create: (actor, { e164, target }) =>
        numbers.create(actor, { e164: e164 as E164, target: target as NumberTarget }),
      change: (actor, id, { target }) =>
        target ? numbers.change(actor, id, target as NumberTarget) : numbers.get(actor, id),
      remove: (actor, id) => numbers.remove(actor, id),
    },
  );
  resourceRoutes<LiveTrunk, TrunkId, typeof NewTrunkBody, typeof TrunkChangeBody>(
    app,
    idempotency,
    {
      path: 'trunks',
      singular: 'trunk',
      shown: TrunkBody,
      newBody: NewTrunkBody,
      changeBody: TrunkChangeBody,
      access: { list: admin, read: admin, create: admin, change: admin, remove: admin },
      present: presentTrunk,
      list: (actor, page) => trunks.list(actor, page),
      get: (actor, id) => trunks.get(actor, id),
      create: (actor, { username, secret, ...body }) =>
        trunks.create(actor, {
          ...usualTrunk,
          ...body,
          username: username ?? undefined,
          secret: secret ?? undefined,
        }),
      change: (actor, id, body) => trunks.change(actor, id, withoutNulls(body) as TrunkChange),
      remove: (actor, id) => trunks.remove(actor, id),
    },
  );
}
