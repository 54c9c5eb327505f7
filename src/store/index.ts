import { randomUUID } from 'node:crypto';
import type { AccountStore, CredentialStore, SessionStore } from '../core/accounts/index.ts';
import type { AlertStore } from '../core/alerts/index.ts';
import type { ApiKeyStore } from '../core/api-keys/index.ts';
import type { ApplicationStore } from '../core/applications/index.ts';
import { type CallHistoryStore, type CallJournal, emptyEntry } from '../core/calls/index.ts';
import type { DeliveryStore, LaneStore } from '../core/deliveries/index.ts';
import type { EndpointStore } from '../core/endpoints/index.ts';
import type { EstateStore } from '../core/estate/index.ts';
import type { EventBus, EventLog, EventWriter } from '../core/events/index.ts';
import type { InstallationStore } from '../core/installation/index.ts';
import type { LimitStore } from '../core/limits/index.ts';
import type { NumberStore } from '../core/numbers/index.ts';
import type { OperatorStore } from '../core/operators/index.ts';
import type { ProfileStore } from '../core/profiles/index.ts';
import type { RecordingStore } from '../core/recordings/index.ts';
import type { RecordStore } from '../core/records/index.ts';
import type { DirectoryStore } from '../core/routing/index.ts';
import type { TrunkStore } from '../core/trunks/index.ts';
import type { UserStore } from '../core/users/index.ts';
import type { IdempotencyStore } from '../kernel/idempotency.ts';
import type { Logger } from '../kernel/logger.ts';
import { createCallJournal } from './call-journal.ts';
import { connect } from './connect.ts';
import { createEventLog, createEventPump, pruneEvents } from './event-log.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { migrate } from './migrate.ts';
import { createAccountStore } from './repositories/accounts.ts';
import { createAlertStore } from './repositories/alerts.ts';
import { createApiKeyStore } from './repositories/api-keys.ts';
import { createApplicationStore } from './repositories/applications.ts';
import { createCredentialStore } from './repositories/credentials.ts';
import { createDeliveryStore } from './repositories/deliveries.ts';
import { createLaneStore } from './repositories/delivery-lanes.ts';
import { createDirectoryStore } from './repositories/directory.ts';
import { createEndpointStore } from './repositories/endpoints.ts';
import { createEstateStore } from './repositories/estate.ts';
import { createHistoryStore } from './repositories/history.ts';
import { createIdempotencyStore } from './repositories/idempotency-keys.ts';
import { createInstallationStore } from './repositories/installation.ts';
import { createLimitStore } from './repositories/limits.ts';
import { createNumberStore } from './repositories/numbers.ts';
import { createOperatorStore } from './repositories/operators.ts';
import { createProfileStore } from './repositories/profiles.ts';
import { createRecordingStore } from './repositories/recordings.ts';
import { createRecordStore } from './repositories/records.ts';
import { createSessionStore } from './repositories/sessions.ts';
import { createTrunkStore } from './repositories/trunks.ts';
import { createUserStore } from './repositories/users.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';

/** Everything that is remembered. */
export interface Store {
  readonly accounts: AccountStore;
  readonly credentials: CredentialStore;
  readonly sessions: SessionStore;
  readonly apiKeys: ApiKeyStore;
  readonly applications: ApplicationStore;
  readonly estate: EstateStore;
  readonly operators: OperatorStore;
  readonly installation: InstallationStore;
  readonly profiles: ProfileStore;
  readonly limits: LimitStore;
  readonly alerts: AlertStore;
  readonly records: RecordStore;
  readonly users: UserStore;
  readonly endpoints: EndpointStore;
  readonly numbers: NumberStore;
  readonly trunks: TrunkStore;
  readonly directory: DirectoryStore;
  readonly journal: CallJournal;
  readonly history: CallHistoryStore;
  readonly recordings: RecordingStore;
  readonly events: EventLog;
  readonly bus: EventBus;
  readonly eventWriter: EventWriter;
  readonly idempotency: IdempotencyStore;
  /** Seals secrets that stand in stored programs. */
  readonly secrets: SecretBox;
  readonly deliveries: DeliveryStore;
  readonly deliveryLanes: LaneStore;
  readonly jobs: Jobs;
  /** The version of the database server. @throws {DomainError} `store.unavailable` */
  ping(): Promise<string>;
  /** Forgets what is older than promised. */
  prune(): Promise<void>;
  /** Writes what waits, then lets go of the database. */
  close(): Promise<void>;
}

/** Opens a database, brings it to this release's schema, and begins to follow its events. */
export async function createStore(options: {
  readonly url: string;
  readonly secretKey: string;
  readonly logger: Logger;
  /** What this server is called among those that share the database; the same when it comes back. */
  readonly node?: string;
}): Promise<Store> {
  const { url, logger } = options;
  await migrate({ url, logger });
  const db = connect(url, logger);
  const box = createSecretBox(options.secretKey);
  const pump = createEventPump(db, url, logger);
  const jobs = createJobs(db.pool, logger);
  const journal = createCallJournal(db, logger, () => pump.wake());
  db.onCommit(() => pump.wake());
  await pump.start();
  return {
    accounts: createAccountStore(db, box),
    credentials: createCredentialStore(db),
    sessions: createSessionStore(db),
    apiKeys: createApiKeyStore(db, box),
    applications: createApplicationStore(db, box),
    estate: createEstateStore(db, box),
    operators: createOperatorStore(db, box),
    installation: createInstallationStore(db),
    profiles: createProfileStore(db, box),
    limits: createLimitStore(db),
    alerts: createAlertStore(db),
    records: createRecordStore(db),
    users: createUserStore(db),
    endpoints: createEndpointStore(db, box),
    numbers: createNumberStore(db),
    trunks: createTrunkStore(db, box),
    directory: createDirectoryStore(db, box),
    journal,
    history: createHistoryStore(db),
    recordings: createRecordingStore(db),
    events: createEventLog(db),
    bus: pump,
    eventWriter: {
      write: (events) => journal.write({ ...emptyEntry, events }),
    },
    idempotency: createIdempotencyStore(db, box),
    secrets: box,
    deliveries: createDeliveryStore(db, box),
    deliveryLanes: createLaneStore(db, box, options.node ?? randomUUID()),
    jobs,
    ping: () => db.ping(),
    async prune() {
      await pruneEvents(db);
      await jobs.prune();
    },
    async close() {
      await journal.idle();
      await pump.stop();
      await db.close();
    },
  };
}

export { argon2Hasher } from './argon2-hasher.ts';
export { createLocalFiles } from './files/local-files.ts';
export { migrate } from './migrate.ts';
