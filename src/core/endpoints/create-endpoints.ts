import type { EndpointName, EngineEndpoint } from '../../engine/port/index.ts';
import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, mayActFor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { EventWriter } from '../events/index.ts';
import type { Directory } from '../routing/index.ts';
import { displayName } from '../users/index.ts';
import { digestOf } from './digest.ts';
import type { Endpoint, EndpointChange, LiveEndpoint } from './endpoint.ts';
import { endpointInvalid, endpointNotFound } from './endpoint-errors.ts';
import type { EndpointStore } from './endpoint-store.ts';
import type { Registrations } from './registrations.ts';
import type { Endpoints } from './service.ts';

/** The engine, as far as devices go. */
export interface EndpointEngine {
  putEndpoint(endpoint: EngineEndpoint): Promise<void>;
  removeEndpoint(name: EndpointName): Promise<void>;
}

export interface EndpointPorts {
  readonly store: EndpointStore;
  readonly directory: Directory;
  readonly registrations: Registrations;
  readonly engine: EndpointEngine;
  readonly refresh: (accountId: AccountId) => Promise<void>;
  readonly events: EventWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

const usernamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const secretPattern = /^[\x21-\x7e]{6,128}$/;

function check({ username, secret, maxContacts }: EndpointChange): void {
  if (username !== undefined && !usernamePattern.test(username))
    throw endpointInvalid('username', 'has 1 to 63 letters, digits, dots, dashes and underscores');
  if (username?.startsWith('trunk-'))
    throw endpointInvalid('username', 'must not begin with trunk-');
  if (secret !== undefined && !secretPattern.test(secret))
    throw endpointInvalid('secret', 'has 6 to 128 visible ASCII characters');
  const devices = maxContacts;
  if (devices !== undefined && !(Number.isInteger(devices) && devices >= 1 && devices <= 10))
    throw endpointInvalid('maxContacts', 'must be 1 to 10');
}

/** An endpoint as the engine needs it; `undefined` for one that it must not know. */
export function toEngineEndpoint(
  directory: Directory,
  endpoint: Endpoint,
): EngineEndpoint | undefined {
  const found = directory.account(endpoint.accountId);
  if (!found || !endpoint.enabled) return undefined;
  const user = endpoint.userId && found.users.get(endpoint.userId);
  return {
    name: directory.endpointName(endpoint),
    username: endpoint.username,
    realm: found.account.sipDomain,
    ha1: endpoint.ha1,
    displayName: user ? displayName(user) : endpoint.alias,
    maxContacts: endpoint.maxContacts,
    language: found.account.language.slice(0, 2),
  };
}

/** Devices, for the dialects. */
export function createEndpoints(ports: EndpointPorts): Endpoints {
  const { store, directory, registrations, engine, refresh, events, clock, logger } = ports;

  const live = (endpoint: Endpoint): LiveEndpoint => ({
    endpoint,
    name: directory.endpointName(endpoint),
    contacts: registrations.contactsOf(endpoint.id),
  });
  /** A change stands even if the engine is away: it reads everything when it comes back. */
  const tellEngine = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      logger.warn({ what, err: error }, 'the engine will hear of a device later');
    }
  };
  const realmOf = (accountId: AccountId): string => {
    const found = directory.account(accountId);
    if (!found) throw endpointNotFound(accountId);
    return found.account.sipDomain;
  };
  const mustReach = (actor: Actor, endpoint: Endpoint | undefined, id: string): Endpoint => {
    if (!endpoint) throw endpointNotFound(id);
    if (!mayActFor(actor, endpoint.userId)) throw forbidden('do this with devices of others');
    return endpoint;
  };
  const put = (endpoint: Endpoint) =>
    tellEngine('put', async () => {
      const known = toEngineEndpoint(directory, endpoint);
      if (known) await engine.putEndpoint(known);
    });
  return {
    async list(actor, page) {
      const { items, next } = await store.list(actor.accountId, page);
      return { items: items.map(live), next };
    },
    all: async (actor) => (await store.all(actor.accountId)).map(live),
    ofUser: async (actor, userId) => (await store.ofUser(actor.accountId, userId)).map(live),
    async get(actor, id) {
      const endpoint = await store.find(actor.accountId, id);
      if (!endpoint) throw endpointNotFound(id);
      return live(endpoint);
    },
    async showSecret(actor, id) {
      const endpoint = await store.find(actor.accountId, id);
      const { userId } = mustReach(actor, endpoint, id);
      const secret = await store.secret(actor.accountId, id);
      if (secret === undefined) throw endpointNotFound(id);
      const { accountId, userId: byUserId, credentialId, dialect } = actor;
      await events.write([
        {
          type: 'secret.shown',
          kind: 'endpoint',
          accountId,
          id,
          userId,
          byUserId,
          credentialId,
          dialect,
          at: clock.now(),
        },
      ]);
      logger.info({ endpointId: id, byUserId, dialect }, 'the secret of a device was shown');
      return secret;
    },
    async create(actor, given) {
      if (!actor.admin) throw forbidden('create devices');
      const endpoint = { ...given, alias: cleanText(given.alias, 128) };
      check(endpoint);
      const ha1 = digestOf(endpoint.username, realmOf(actor.accountId), endpoint.secret);
      const made = await store.insert(actor.accountId, endpoint, ha1);
      await refresh(actor.accountId);
      await put(made);
      return live(made);
    },
    async change(actor, id, given) {
      const before = mustReach(actor, await store.find(actor.accountId, id), id);
      if (!actor.admin && (given.userId !== undefined || given.username !== undefined))
        throw forbidden('give devices to others');
      const change = {
        ...given,
        ...(given.alias !== undefined && { alias: cleanText(given.alias, 128) }),
      };
      check(change);
      const username = change.username ?? before.username;
      const secret =
        change.secret ??
        (username === before.username ? undefined : await store.secret(actor.accountId, id));
      const ha1 = secret && digestOf(username, realmOf(actor.accountId), secret);
      const formerName = directory.endpointName(before);
      const after = await store.change(actor.accountId, id, change, ha1 || undefined);
      if (!after) throw endpointNotFound(id);
      await refresh(actor.accountId);
      if (directory.endpointName(after) !== formerName || !after.enabled)
        await tellEngine('remove', () => engine.removeEndpoint(formerName));
      if (!after.enabled) registrations.forget(after);
      await put(after);
      return live(after);
    },
    async remove(actor, id) {
      const endpoint = mustReach(actor, await store.find(actor.accountId, id), id);
      if (!actor.admin) throw forbidden('remove devices');
      const name = directory.endpointName(endpoint);
      if (!(await store.remove(actor.accountId, id))) throw endpointNotFound(id);
      await refresh(actor.accountId);
      await tellEngine('remove', () => engine.removeEndpoint(name));
      registrations.forget(endpoint);
    },
  };
}
