import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { NumberTarget } from '../core/numbers/index.ts';
import type { Recording } from '../core/recordings/index.ts';
import type {
  AccountId,
  CallId,
  CredentialId,
  EndpointId,
  LegId,
  NumberId,
  RecordingId,
  TrunkId,
  UserId,
} from '../kernel/ids.ts';
import type { E164 } from '../kernel/phone-number.ts';

/** The rows as the migrations make them; a test compares both. */
export interface AccountRow {
  id: AccountId;
  serial: number;
  name: string;
  sip_domain: string;
  country: string;
  area_code: string;
  time_zone: string;
  language: string;
  max_concurrent_calls: number;
  is_default: boolean;
  is_demo: boolean;
  next_user_serial: Generated<number>;
  next_endpoint_serial: Generated<number>;
  next_trunk_serial: Generated<number>;
  created_at: Date;
}

export interface UserRow {
  id: UserId;
  account_id: AccountId;
  serial: number;
  email: string;
  login: string;
  first_name: string;
  last_name: string;
  admin: boolean;
  extension: string | null;
  time_zone: string | null;
  language: string | null;
  busy_on_busy: Generated<boolean>;
  created_at: Date;
}

export interface CredentialRow {
  id: CredentialId;
  account_id: AccountId;
  user_id: UserId | null;
  kind: 'password' | 'token' | 'bearer' | 'login';
  name: string;
  secret_hash: string;
  scopes: string[] | null;
  operator: boolean;
  created_at: Date;
}

export interface EndpointRow {
  id: EndpointId;
  account_id: AccountId;
  user_id: UserId | null;
  serial: number;
  username: string;
  alias: string;
  ha1: string;
  secret_encrypted: string;
  max_contacts: number;
  created_at: Date;
}

export interface NumberRow {
  id: NumberId;
  account_id: AccountId;
  e164: E164;
  target: JSONColumnType<NumberTarget>;
  created_at: Date;
}

export interface TrunkRow {
  id: TrunkId;
  account_id: AccountId;
  serial: number;
  name: string;
  kind: 'register' | 'ip';
  host: string;
  port: number;
  transport: 'udp' | 'tcp';
  username: string | null;
  secret_encrypted: string | null;
  inbound_addresses: string[];
  prefixes: string[];
  priority: number;
  emergency: boolean;
  enabled: boolean;
  created_at: Date;
}

export interface CdrRow {
  leg_id: LegId;
  call_id: CallId;
  account_id: AccountId;
  parent_leg_id: LegId | null;
  root_leg_id: LegId;
  direction: 'inbound' | 'outbound';
  role: 'caller' | 'callee';
  user_id: UserId | null;
  endpoint_id: EndpointId | null;
  trunk_id: TrunkId | null;
  number: string;
  name: string;
  dialled: string;
  started_at: Date;
  ringing_at: Date | null;
  answered_at: Date | null;
  ended_at: Date;
  duration_seconds: number;
  cause: string;
  sip_status: number | null;
}

export interface HistoryRow {
  serial: Generated<string>;
  account_id: AccountId;
  call_id: CallId;
  user_id: UserId;
  direction: 'incoming' | 'outgoing';
  status: 'answered' | 'missed' | 'busy' | 'rejected' | 'failed';
  from_number: string;
  from_name: string;
  to_number: string;
  to_name: string;
  endpoint_id: EndpointId;
  started_at: Date;
  answered_at: Date | null;
  ended_at: Date;
  duration_seconds: number;
}

export interface RecordingRow {
  id: RecordingId;
  account_id: AccountId;
  call_id: CallId;
  leg_id: LegId;
  owner_user_id: UserId | null;
  started_by: JSONColumnType<Recording['startedBy']>;
  state: Recording['state'];
  started_at: Date;
  ended_at: Date | null;
  duration_seconds: number | null;
  size_bytes: ColumnType<string | null, number | null, number | null>;
  file: string | null;
}

export interface EventRow {
  position: Generated<string>;
  account_id: AccountId;
  at: Date;
  type: string;
  body: JSONColumnType<object>;
}

export interface SessionRow {
  id_hash: string;
  account_id: AccountId;
  body: JSONColumnType<object>;
  expires_at: Date;
}

export interface IdempotencyKeyRow {
  account_id: AccountId;
  key: string;
  request_hash: string;
  status: number | null;
  body: JSONColumnType<object> | null;
  created_at: Generated<Date>;
}

export interface Tables {
  accounts: AccountRow;
  users: UserRow;
  credentials: CredentialRow;
  endpoints: EndpointRow;
  numbers: NumberRow;
  trunks: TrunkRow;
  cdrs: CdrRow;
  history: HistoryRow;
  recordings: RecordingRow;
  events: EventRow;
  sessions: SessionRow;
  idempotency_keys: IdempotencyKeyRow;
}
