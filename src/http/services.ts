import type { Accounts, Authentication, Logins } from '../core/accounts/index.ts';
import type { Alerts } from '../core/alerts/index.ts';
import type { ApiKeys } from '../core/api-keys/index.ts';
import type { Applications } from '../core/applications/index.ts';
import type { Calls, Legs } from '../core/calls/index.ts';
import type { Conferences } from '../core/conferences/index.ts';
import type { Deliveries } from '../core/deliveries/index.ts';
import type { Endpoints } from '../core/endpoints/index.ts';
import type { Estate } from '../core/estate/index.ts';
import type { EventBus, EventLog } from '../core/events/index.ts';
import type { HookClient } from '../core/hooks/index.ts';
import type { Installation } from '../core/installation/index.ts';
import type { Limits } from '../core/limits/index.ts';
import type { Numbers } from '../core/numbers/index.ts';
import type { Operators } from '../core/operators/index.ts';
import type { Profiles } from '../core/profiles/index.ts';
import type { Queues } from '../core/queues/index.ts';
import type { Recordings } from '../core/recordings/index.ts';
import type { Records } from '../core/records/index.ts';
import type { SocketClient } from '../core/sockets/index.ts';
import type { Trunks } from '../core/trunks/index.ts';
import type { Users } from '../core/users/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { IdempotencyStore } from '../kernel/idempotency.ts';

/** What a dialect may call: the doors of the core, plugged together by `compose.ts`. */
export interface Services {
  readonly authentication: Authentication;
  readonly apiKeys: ApiKeys;
  readonly accounts: Accounts;
  readonly logins: Logins;
  /** Looks over several accounts, for whoever owns them. */
  readonly estate: Estate;
  readonly applications: Applications;
  readonly operators: Operators;
  /** What holds for the whole installation. */
  readonly installation: Installation;
  readonly profiles: Profiles;
  readonly limits: Limits;
  readonly alerts: Alerts;
  readonly records: Records;
  readonly users: Users;
  readonly endpoints: Endpoints;
  readonly numbers: Numbers;
  readonly trunks: Trunks;
  readonly calls: Calls;
  readonly legs: Legs;
  readonly conferences: Conferences;
  readonly queues: Queues;
  readonly recordings: Recordings;
  readonly events: { readonly log: EventLog; readonly bus: EventBus };
  readonly deliveries: Deliveries;
  /** Asks what somebody outside has put up for us: program sources, registrations. */
  readonly hooks: HookClient;
  /** The same, over websockets: program sources that stay connected, sound that is passed on. */
  readonly sockets: SocketClient;
  readonly idempotency: IdempotencyStore;
  readonly clock: Clock;
}
