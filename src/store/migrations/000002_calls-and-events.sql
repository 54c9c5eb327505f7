-- What happens: running calls and legs, their records, recordings, histories, and the log of events.

create table live_calls (
  id         uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  body       jsonb not null
);
comment on table live_calls is 'Calls that have not ended, whole: what a restarted server takes over.';

create table live_legs (
  id         uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  call_id    uuid not null,
  body       jsonb not null
);
comment on table live_legs is 'Legs that have not ended, with their programs, written at every boundary.';

create table cdrs (
  leg_id           uuid primary key,
  call_id          uuid not null,
  account_id       uuid not null references accounts on delete cascade,
  parent_leg_id    uuid,
  root_leg_id      uuid not null,
  direction        text not null,
  role             text not null,
  user_id          uuid,
  endpoint_id      uuid,
  trunk_id         uuid,
  number           text not null,
  name             text not null,
  dialled          text not null,
  started_at       timestamptz not null,
  ringing_at       timestamptz,
  answered_at      timestamptz,
  ended_at         timestamptz not null,
  duration_seconds integer not null constraint cdrs_last_no_negative_time check (duration_seconds >= 0),
  cause            text not null,
  sip_status       integer
);
comment on column cdrs.duration_seconds is 'Whole seconds from answer to end; 0 if it was never answered.';
create index cdrs_recent on cdrs (account_id, started_at desc, leg_id desc);
create index cdrs_of_call on cdrs (call_id);

create table history (
  serial           bigint generated always as identity primary key,
  account_id       uuid not null references accounts on delete cascade,
  call_id          uuid not null,
  user_id          uuid not null,
  direction        text not null,
  status           text not null,
  from_number      text not null,
  from_name        text not null,
  to_number        text not null,
  to_name          text not null,
  endpoint_id      uuid not null,
  started_at       timestamptz not null,
  answered_at      timestamptz,
  ended_at         timestamptz not null,
  duration_seconds integer not null,
  constraint history_is_written_once unique (call_id, user_id)
);
create index history_of_user on history (account_id, user_id, started_at desc, serial desc);
create index history_of_account on history (account_id, started_at desc, serial desc);

create table recordings (
  id               uuid primary key,
  account_id       uuid not null references accounts on delete cascade,
  call_id          uuid not null,
  leg_id           uuid not null,
  owner_user_id    uuid,
  started_by       jsonb not null,
  state            text not null,
  started_at       timestamptz not null,
  ended_at         timestamptz,
  duration_seconds double precision,
  size_bytes       bigint,
  file             text,
  constraint recordings_stored_have_a_file check (state <> 'stored' or file is not null)
);
create index recordings_of_call on recordings (call_id);
create index recordings_running on recordings (id) where state = 'running';

create table events (
  position   bigint generated always as identity primary key,
  account_id uuid not null references accounts on delete cascade,
  at         timestamptz not null,
  type       text not null,
  body       jsonb not null
);
comment on table events is 'Everything the core told, in the order of commits: writers take one lock. Kept for 7 days.';
create index events_of_account on events (account_id, position);
create index events_by_age on events (at);

create table journal_batches (
  id         uuid primary key,
  created_at timestamptz not null default now()
);
comment on table journal_batches is 'Batches that were written: one that is tried again after a lost connection is not written twice.';

create table sessions (
  id_hash    text primary key,
  account_id uuid not null references accounts on delete cascade,
  body       jsonb not null,
  expires_at timestamptz not null
);

create table idempotency_keys (
  account_id   uuid not null references accounts on delete cascade,
  key          text not null,
  request_hash text not null,
  status       integer,
  body         jsonb,
  created_at   timestamptz not null default now(),
  primary key (account_id, key)
);
