import type { ColumnType, Generated, JSONColumnType, SelectType } from 'kysely';
import type { LoginDialect } from '../core/accounts/index.ts';
import type { AlertKind } from '../core/alerts/index.ts';
import type { SpeechDefaults } from '../core/applications/index.ts';
import type { Cdr } from '../core/calls/index.ts';
import type { LimitCategory } from '../core/limits/index.ts';
import type { NumberTarget } from '../core/numbers/index.ts';
import type { ProgramSourceRef } from '../core/programs/index.ts';
import type { Recording } from '../core/recordings/index.ts';
import type { Gateway, TrunkDtmf } from '../core/trunks/index.ts';
import type { DialectName } from '../kernel/actor.ts';
import type {
  AccountId,
  AlertId,
  ApplicationId,
  CallId,
  CredentialId,
  DeliveryId,
  EndpointId,
  GatewayId,
  LegId,
  NumberId,
  RecordingId,
  Sid,
  TrunkId,
  UserId,
} from '../kernel/ids.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { E164 } from '../kernel/phone-number.ts';
import type { StoredHook } from './hook-column.ts';
import type {
  AccountProfiles,
  Accounts,
  Alerts as AlertsTable,
  ApiKeys,
  Applications,
  Cdrs,
  Credentials,
  DB,
  Deliveries,
  Endpoints,
  Events,
  Gateways,
  History,
  IdempotencyKeys,
  JsonValue,
  Limits as LimitsTable,
  Numbers,
  Operators,
  Recordings,
  Sessions,
  Trunks,
  Users,
} from './tables.generated.ts';

/** Whether a column may be narrowed so: JSON to anything, others to fewer values, but null stays. */
type Fits<Column, Narrower> =
  JsonValue extends SelectType<Column>
    ? unknown
    : [SelectType<Narrower>] extends [SelectType<Column>]
      ? null extends SelectType<Column>
        ? null extends SelectType<Narrower>
          ? unknown
          : never
        : unknown
      : never;

/** A row of the schema, some of whose columns are known better here: brands, unions, what JSON holds. */
type Narrow<
  Row,
  Columns extends {
    [Name in keyof Columns]: Name extends keyof Row ? Fits<Row[Name], Columns[Name]> : never;
  },
> = Omit<Row, keyof Columns> & Columns;

export type AccountRow = Narrow<
  Accounts,
  {
    id: AccountId;
    sid: Generated<Sid>;
    kind: Generated<'customer' | 'operator'>;
    operator_id: AccountId | null;
  }
>;

export type UserRow = Narrow<Users, { id: UserId; sid: Generated<Sid>; account_id: AccountId }>;

export type CredentialRow = Narrow<
  Credentials,
  {
    id: CredentialId;
    account_id: AccountId;
    user_id: UserId | null;
    kind: 'password' | 'token' | 'bearer' | 'login';
    dialect: LoginDialect | null;
  }
>;

export type EndpointRow = Narrow<
  Endpoints,
  { id: EndpointId; sid: Generated<Sid>; account_id: AccountId; user_id: UserId | null }
>;

export type NumberRow = Narrow<
  Numbers,
  {
    id: NumberId;
    sid: Generated<Sid>;
    account_id: AccountId;
    e164: E164;
    target: JSONColumnType<NumberTarget>;
    trunk_id: TrunkId | null;
  }
>;

export type TrunkRow = Narrow<
  Trunks,
  {
    id: TrunkId;
    sid: Generated<Sid>;
    account_id: AccountId;
    kind: 'register' | 'ip';
    application_id: ApplicationId | null;
    dtmf: Generated<TrunkDtmf>;
  }
>;

export type GatewayRow = Narrow<
  Gateways,
  {
    id: GatewayId;
    sid: Generated<Sid>;
    account_id: AccountId;
    trunk_id: TrunkId;
    transport: Gateway['transport'];
    extras: JSONColumnType<JsonObject>;
  }
>;

export type DeliveryRow = Narrow<
  Deliveries,
  {
    id: DeliveryId;
    account_id: AccountId;
    dialect: DialectName;
    state: Generated<'waiting' | 'failed'>;
  }
>;

export type CdrRow = Narrow<
  Cdrs,
  {
    leg_id: LegId;
    sid: Sid;
    call_id: CallId;
    account_id: AccountId;
    parent_leg_id: LegId | null;
    root_leg_id: LegId;
    direction: 'inbound' | 'outbound';
    role: 'caller' | 'callee';
    user_id: UserId | null;
    endpoint_id: EndpointId | null;
    trunk_id: TrunkId | null;
    ended_by: Cdr['endedBy'];
    source: JSONColumnType<ProgramSourceRef> | null;
    tag: JSONColumnType<object> | null;
  }
>;

export type HistoryRow = Narrow<
  History,
  {
    account_id: AccountId;
    call_id: CallId;
    user_id: UserId;
    direction: 'incoming' | 'outgoing';
    status: 'answered' | 'missed' | 'busy' | 'rejected' | 'failed';
    endpoint_id: EndpointId;
  }
>;

export type RecordingRow = Narrow<
  Recordings,
  {
    id: RecordingId;
    account_id: AccountId;
    call_id: CallId;
    leg_id: LegId;
    owner_user_id: UserId | null;
    started_by: JSONColumnType<Recording['startedBy']>;
    state: Recording['state'];
  }
>;

export type AlertRow = Narrow<AlertsTable, { id: AlertId; account_id: AccountId; kind: AlertKind }>;

export type LimitRow = Narrow<
  LimitsTable,
  { sid: Generated<Sid>; account_id: AccountId; category: LimitCategory }
>;

export type ApplicationRow = Narrow<
  Applications,
  {
    id: ApplicationId;
    sid: Generated<Sid>;
    account_id: AccountId;
    call_hook: JSONColumnType<StoredHook> | null;
    status_hook: JSONColumnType<StoredHook> | null;
    message_hook: JSONColumnType<StoredHook> | null;
    speech: JSONColumnType<{
      usual: SpeechDefaults;
      fallback: SpeechDefaults;
      usesFallback: boolean;
    }>;
  }
>;

export type ApiKeyRow = Narrow<
  ApiKeys,
  {
    id: CredentialId;
    sid: Generated<Sid>;
    account_id: AccountId;
    scope: 'installation' | 'operator' | 'account';
  }
>;

/** The rows by table, as narrow as the repositories need them. */
interface NarrowTables {
  accounts: AccountRow;
  users: UserRow;
  api_keys: ApiKeyRow;
  limits: LimitRow;
  alerts: AlertRow;
  operators: Narrow<
    Operators,
    { account_id: AccountId; registration_hook: JSONColumnType<StoredHook> | null }
  >;
  account_profiles: Narrow<
    AccountProfiles,
    {
      account_id: AccountId;
      registration_hook: JSONColumnType<StoredHook> | null;
      queue_hook: JSONColumnType<StoredHook> | null;
      device_application_id: ApplicationId | null;
      record_format: Generated<'mp3' | 'wav'>;
      extras: ColumnType<Readonly<Record<string, Json>>, string | undefined, string>;
    }
  >;
  applications: ApplicationRow;
  credentials: CredentialRow;
  endpoints: EndpointRow;
  deliveries: DeliveryRow;
  numbers: NumberRow;
  trunks: TrunkRow;
  gateways: GatewayRow;
  cdrs: CdrRow;
  history: HistoryRow;
  recordings: RecordingRow;
  events: Narrow<Events, { account_id: AccountId; body: JSONColumnType<object> }>;
  sessions: Narrow<Sessions, { account_id: AccountId; body: JSONColumnType<object> }>;
  idempotency_keys: Narrow<
    IdempotencyKeys,
    { account_id: AccountId; body: JSONColumnType<object> | null }
  >;
}

/** Every table, from the migrated schema. */
export type Tables = Omit<DB, keyof NarrowTables> & NarrowTables;
