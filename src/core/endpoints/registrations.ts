import type { Contact, Engine, EngineFact } from '../../engine/port/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { EndpointId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { EventWriter } from '../events/index.ts';
import type { Directory } from '../routing/index.ts';
import type { Endpoint } from './endpoint.ts';

/** What is registered now, kept current by the engine's facts. */
export interface Registrations {
  contactsOf(endpointId: EndpointId): readonly Contact[];
  /** Nothing is registered there any more: the engine does not know it. */
  forget(endpoint: Endpoint): void;
  /** Every contact of every account; for counting. */
  count(): number;
  /** Resolves when all that is asked of the engine is answered, or was given up for now. */
  settled(): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}

export interface RegistrationPorts {
  readonly engine: Pick<Engine, 'onFact' | 'contacts' | 'status'>;
  readonly directory: Pick<Directory, 'byEndpointName'>;
  readonly events: EventWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

const none: readonly Contact[] = [];

/** Milliseconds after which a question without an answer is asked again. */
const retryMs = 1_000;

export function createRegistrations(ports: RegistrationPorts): Registrations {
  const { engine, directory, events, clock, logger } = ports;
  const known = new Map<
    EndpointId,
    { readonly endpoint: Endpoint; readonly contacts: readonly Contact[] }
  >();
  let unsubscribe = () => {};
  let forgetRetry = () => {};
  let asking = Promise.resolve();

  const tell = (
    endpoint: Endpoint,
    type: 'endpoint.registered' | 'endpoint.unregistered',
    at: Date,
  ) => {
    events
      .write([
        {
          type,
          accountId: endpoint.accountId,
          endpointId: endpoint.id,
          username: endpoint.username,
          userId: endpoint.userId,
          at,
        },
      ])
      .catch((error: unknown) => logger.error({ err: error }, 'a registration could not be told'));
  };
  const put = (name: Contact['endpoint'], listed: readonly Contact[], at: Date) => {
    const endpoint = directory.byEndpointName(name)?.endpoint;
    if (!endpoint) return;
    const contacts = endpoint.enabled ? listed : none;
    const before = known.get(endpoint.id)?.contacts ?? none;
    if (contacts.length > 0) known.set(endpoint.id, { endpoint, contacts });
    else known.delete(endpoint.id);
    if (before.length === 0 && contacts.length > 0) tell(endpoint, 'endpoint.registered', at);
    if (before.length > 0 && contacts.length === 0) tell(endpoint, 'endpoint.unregistered', at);
  };
  const readAll = async () => {
    const contacts = await engine.contacts();
    const byEndpoint = Map.groupBy(contacts, (contact) => contact.endpoint);
    const at = clock.now();
    const seen = new Set<EndpointId>();
    for (const [name, own] of byEndpoint) {
      const endpoint = directory.byEndpointName(name)?.endpoint;
      if (endpoint) seen.add(endpoint.id);
      put(name, own, at);
    }
    for (const [id, { endpoint, contacts: gone }] of known) {
      if (seen.has(id)) continue;
      const [first] = gone;
      known.delete(id);
      if (first) tell(endpoint, 'endpoint.unregistered', at);
    }
  };
  /** Asks who is registered; when there is no answer, again after a while. */
  const ask = () => {
    forgetRetry();
    asking = readAll().catch((error: unknown) => {
      logger.warn({ err: error }, 'registered devices could not be read');
      forgetRetry = clock.wakeAt(new Date(clock.now().getTime() + retryMs), ask);
    });
  };
  const apply = (fact: EngineFact) => {
    if (fact.type === 'contact.changed') put(fact.endpoint, fact.contacts, fact.at);
    if (fact.type === 'engine.connected' || fact.type === 'registrations.unsure') ask();
  };
  return {
    contactsOf: (endpointId) => known.get(endpointId)?.contacts ?? none,
    forget(endpoint) {
      if (known.delete(endpoint.id)) tell(endpoint, 'endpoint.unregistered', clock.now());
    },
    count: () => [...known.values()].reduce((sum, { contacts }) => sum + contacts.length, 0),
    async start() {
      unsubscribe = engine.onFact(apply);
      if (engine.status().connected) await readAll();
    },
    settled: () => asking,
    stop() {
      unsubscribe();
      forgetRetry();
    },
  };
}
