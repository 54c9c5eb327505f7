// Made by scripts/generate-table-types.mjs from the migrated schema. Not to be edited.

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Int8 = ColumnType<string, bigint | number | string, bigint | number | string>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AccountProfiles {
  account_id: string;
  /**
   * Where recordings are also to be put, with its secrets.
   */
  bucket_encrypted: string | null;
  /**
   * Asked when a device of the account calls.
   */
  device_application_id: string | null;
  /**
   * What a dialect keeps with the account and nothing here acts on.
   */
  extras: Generated<Json>;
  keeps_cdrs: Generated<boolean>;
  queue_hook: Json | null;
  record_all_calls: Generated<boolean>;
  record_format: Generated<string>;
  registration_hook: Json | null;
  /**
   * Signs what is sent to hooks of the account.
   */
  webhook_secret_encrypted: string;
}

export interface Accounts {
  /**
   * Calls of an account that is not active are refused.
   */
  active: Generated<boolean>;
  area_code: string;
  country: string;
  created_at: Timestamp;
  id: string;
  is_default: boolean;
  is_demo: boolean;
  kind: Generated<string>;
  language: string;
  max_concurrent_calls: number;
  name: string;
  next_endpoint_serial: Generated<number>;
  next_trunk_serial: Generated<number>;
  next_user_serial: Generated<number>;
  operator_id: string | null;
  /**
   * Counts up from 0; operators count down from -1.
   */
  serial: number;
  /**
   * A second id of version 4, for dialects that want one.
   */
  sid: Generated<string>;
  sip_domain: string;
  time_zone: string;
}

export interface Alerts {
  account_id: string;
  at: Timestamp;
  detail: string | null;
  id: string;
  kind: string;
  message: string;
  /**
   * The second id of what it is about: a call, a carrier.
   */
  target: string | null;
}

export interface ApiKeys {
  account_id: string;
  created_at: Timestamp;
  expires_at: Timestamp | null;
  id: string;
  last_used_at: Timestamp | null;
  scope: string;
  sid: Generated<string>;
  token_encrypted: string;
  token_hash: string;
}

export interface Applications {
  account_id: string;
  /**
   * Where it is asked: sid, url, method, username, and the password sealed.
   */
  call_hook: Json | null;
  created_at: Timestamp;
  id: string;
  message_hook: Json | null;
  name: string;
  record_all_calls: boolean;
  sid: Generated<string>;
  speech: Json;
  status_hook: Json | null;
  /**
   * Verbs that run instead of asking, as they were sent.
   */
  steps: string | null;
  /**
   * What the operator set for it; may hold secrets.
   */
  variables_encrypted: string | null;
}

export interface Cdrs {
  account_id: string;
  answered_at: Timestamp | null;
  call_id: string;
  cause: string;
  dialled: string;
  direction: string;
  /**
   * Whole seconds from answer to end; 0 if it was never answered.
   */
  duration_seconds: number;
  ended_at: Timestamp;
  ended_by: Generated<string>;
  endpoint_id: string | null;
  leg_id: string;
  name: string;
  number: string;
  parent_leg_id: string | null;
  ringing_at: Timestamp | null;
  role: string;
  root_leg_id: string;
  /**
   * The leg as uuid version 4, for contracts that want one.
   */
  sid: Generated<string>;
  sip_status: number | null;
  /**
   * Dialect and reference of the program source whose doing the leg was.
   */
  source: Json | null;
  started_at: Timestamp;
  tag: Json | null;
  trunk_id: string | null;
  user_id: string | null;
}

export interface Conferences {
  account_id: string;
  body: Json;
  id: string;
  name: string;
}

export interface Credentials {
  account_id: string;
  created_at: Timestamp;
  dialect: string | null;
  id: string;
  kind: string;
  name: string;
  operator: Generated<boolean>;
  /**
   * What it may do, in the dialect's words; null means everything.
   */
  scopes: string[] | null;
  secret_hash: string;
  user_id: string | null;
}

export interface Deliveries {
  account_id: string;
  attempts: Generated<number>;
  created_at: Generated<Timestamp>;
  dialect: string;
  host: string;
  id: string;
  key: string;
  last_attempt_at: Timestamp | null;
  last_code: string | null;
  last_status: number | null;
  position: Generated<Int8>;
  request_sealed: string;
  state: Generated<string>;
  subject: string;
  /**
   * When it was put in, or was wanted again after it had failed.
   */
  wanted_at: Generated<Timestamp>;
}

export interface DeliveryLanes {
  account_id: string;
  due_at: Generated<Timestamp>;
  /**
   * How much was ever put in: a lane ends only if nothing was put in meanwhile.
   */
  entries: Int8;
  held_by: string | null;
  held_until: Timestamp | null;
  id: Generated<Int8>;
  key: string;
}

export interface Endpoints {
  account_id: string;
  alias: string;
  created_at: Timestamp;
  /**
   * The engine does not know one that is not: nobody can register there.
   */
  enabled: Generated<boolean>;
  ha1: string;
  id: string;
  max_contacts: number;
  may_call_applications: Generated<boolean>;
  may_call_queues: Generated<boolean>;
  may_call_users: Generated<boolean>;
  secret_encrypted: string;
  serial: number;
  sid: Generated<string>;
  user_id: string | null;
  username: string;
}

export interface EventReaders {
  name: string;
  position: Int8;
}

export interface Events {
  account_id: string;
  at: Timestamp;
  body: Json;
  position: Generated<Int8>;
  type: string;
}

export interface Gateways {
  account_id: string;
  created_at: Timestamp;
  enabled: boolean;
  extras: Json;
  host: string;
  id: string;
  inbound: boolean;
  /**
   * Bits of the network that calls come from.
   */
  netmask: number;
  outbound: boolean;
  pings: boolean;
  /**
   * Null: the usual one.
   */
  port: number | null;
  /**
   * Counts up; calls try the lowest of their trunk first.
   */
  position: Generated<Int8>;
  sid: Generated<string>;
  transport: string;
  trunk_id: string;
}

export interface History {
  account_id: string;
  answered_at: Timestamp | null;
  call_id: string;
  direction: string;
  duration_seconds: number;
  ended_at: Timestamp;
  endpoint_id: string;
  from_name: string;
  from_number: string;
  serial: Generated<Int8>;
  started_at: Timestamp;
  status: string;
  to_name: string;
  to_number: string;
  user_id: string;
}

export interface IdempotencyKeys {
  account_id: string;
  body: Json | null;
  created_at: Generated<Timestamp>;
  key: string;
  request_hash: string;
  status: number | null;
}

export interface InstallationSettings {
  body: Json;
  name: string;
}

export interface JournalBatches {
  created_at: Generated<Timestamp>;
  id: string;
}

export interface Limits {
  account_id: string;
  category: string;
  created_at: Timestamp;
  id: string;
  quantity: number;
  sid: Generated<string>;
}

export interface LiveCalls {
  account_id: string;
  body: Json;
  id: string;
}

export interface LiveLegs {
  account_id: string;
  body: Json;
  call_id: string;
  id: string;
}

export interface Numbers {
  account_id: string;
  created_at: Timestamp;
  e164: string;
  id: string;
  /**
   * The text is a pattern or a short number, looked at after numbers, within the account.
   */
  is_pattern: Generated<boolean>;
  sid: Generated<string>;
  target: Json;
  /**
   * Whose number it is; a pattern counts for calls from there alone.
   */
  trunk_id: string | null;
}

export interface Operators {
  account_id: string;
  description: string | null;
  ms_teams_fqdn: string | null;
  registration_hook: Json | null;
  root_domain: string | null;
}

export interface Queues {
  account_id: string;
  body: Json;
  id: string;
  name: string;
}

export interface Recordings {
  account_id: string;
  call_id: string;
  duration_seconds: number | null;
  ended_at: Timestamp | null;
  file: string | null;
  id: string;
  leg_id: string;
  owner_user_id: string | null;
  size_bytes: Int8 | null;
  started_at: Timestamp;
  started_by: Json;
  state: string;
}

export interface Sessions {
  account_id: string;
  body: Json;
  expires_at: Timestamp;
  id_hash: string;
}

export interface Trunks {
  account_id: string;
  /**
   * Asked about calls for numbers that lead nowhere else.
   */
  application_id: string | null;
  created_at: Timestamp;
  dtmf: Generated<string>;
  emergency: boolean;
  enabled: boolean;
  /**
   * What a dialect keeps with it, as JSON; may hold secrets.
   */
  extras_encrypted: string | null;
  from_domain: string | null;
  from_user: string | null;
  id: string;
  kind: string;
  /**
   * Whether numbers go out with their plus.
   */
  leading_plus: Generated<boolean>;
  name: string;
  prefixes: string[];
  priority: number;
  proxy: string | null;
  /**
   * The domain of the registration, if it is not the address of the first gateway.
   */
  realm: string | null;
  secret_encrypted: string | null;
  serial: number;
  sid: Generated<string>;
  tech_prefix: Generated<string>;
  username: string | null;
}

export interface Users {
  account_id: string;
  admin: boolean;
  busy_on_busy: Generated<boolean>;
  created_at: Timestamp;
  email: string;
  extension: string | null;
  first_name: string;
  id: string;
  language: string | null;
  last_name: string;
  login: string;
  serial: number;
  sid: Generated<string>;
  time_zone: string | null;
}

export interface DB {
  account_profiles: AccountProfiles;
  accounts: Accounts;
  alerts: Alerts;
  api_keys: ApiKeys;
  applications: Applications;
  cdrs: Cdrs;
  conferences: Conferences;
  credentials: Credentials;
  deliveries: Deliveries;
  delivery_lanes: DeliveryLanes;
  endpoints: Endpoints;
  event_readers: EventReaders;
  events: Events;
  gateways: Gateways;
  history: History;
  idempotency_keys: IdempotencyKeys;
  installation_settings: InstallationSettings;
  journal_batches: JournalBatches;
  limits: Limits;
  live_calls: LiveCalls;
  live_legs: LiveLegs;
  numbers: Numbers;
  operators: Operators;
  queues: Queues;
  recordings: Recordings;
  sessions: Sessions;
  trunks: Trunks;
  users: Users;
}
