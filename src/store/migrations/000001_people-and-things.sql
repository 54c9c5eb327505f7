-- Who and what there is: accounts, users, credentials, endpoints, numbers, trunks.
-- Every table of an account carries `account_id` and is walled by row-level security: a transaction sees the
-- account that `polyvox.account` names, and nothing when it names none. Queries that cross accounts by nature
-- (signing in, routing, taking over) run as the role `polyvox_crossing`; src/store/cross-account.ts lists them.
do $$
begin
  if not exists (select from pg_roles where rolname = 'polyvox_app') then
    create role polyvox_app nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'polyvox_crossing') then
    create role polyvox_crossing nologin;
  end if;
exception when unique_violation or duplicate_object then null;
end
$$;
grant polyvox_app, polyvox_crossing to current_user;

create function current_account() returns uuid
  language sql stable
  return nullif(current_setting('polyvox.account', true), '')::uuid;

create table accounts (
  id                   uuid primary key,
  serial               integer not null unique,
  name                 text not null,
  sip_domain           text not null,
  country              text not null,
  area_code            text not null,
  time_zone            text not null,
  language             text not null,
  max_concurrent_calls integer not null constraint accounts_may_call check (max_concurrent_calls >= 0),
  is_default           boolean not null,
  is_demo              boolean not null,
  -- The next short ids of what belongs to the account.
  next_user_serial     integer not null default 0,
  next_endpoint_serial integer not null default 0,
  next_trunk_serial    integer not null default 0,
  created_at           timestamptz not null
);
create unique index accounts_sip_domain_is_unique on accounts (lower(sip_domain));
create unique index accounts_one_default on accounts (is_default) where is_default;

create table users (
  id           uuid primary key,
  account_id   uuid not null references accounts on delete cascade,
  serial       integer not null,
  email        text not null,
  login        text not null,
  first_name   text not null,
  last_name    text not null,
  admin        boolean not null,
  extension    text,
  time_zone    text,
  language     text,
  busy_on_busy boolean not null default false,
  created_at   timestamptz not null,
  constraint users_serial_is_unique unique (account_id, serial),
  constraint users_extension_is_unique unique (account_id, extension)
);
create unique index users_email_is_unique on users (lower(email));
create unique index users_login_is_unique on users (lower(login));
create index users_by_age on users (account_id, created_at, id);

create table credentials (
  id          uuid primary key,
  account_id  uuid not null references accounts on delete cascade,
  user_id     uuid references users on delete cascade,
  kind        text not null constraint credentials_kind_is_known check (kind in ('password', 'token', 'bearer', 'login')),
  name        text not null,
  secret_hash text not null,
  scopes      text[],
  operator    boolean not null default false,
  created_at  timestamptz not null
);
comment on column credentials.scopes is 'What it may do, in the dialect''s words; null means everything.';
create unique index credentials_name_is_unique on credentials (kind, name);
create index credentials_by_secret on credentials (secret_hash) where kind in ('token', 'bearer');
create index credentials_of_user on credentials (user_id);

create table endpoints (
  id               uuid primary key,
  account_id       uuid not null references accounts on delete cascade,
  user_id          uuid references users on delete set null,
  serial           integer not null,
  username         text not null,
  alias            text not null,
  ha1              text not null,
  secret_encrypted text not null,
  max_contacts     integer not null constraint endpoints_register_somewhere check (max_contacts between 1 and 10),
  created_at       timestamptz not null,
  constraint endpoints_serial_is_unique unique (account_id, serial)
);
create unique index endpoints_username_is_unique on endpoints (account_id, lower(username));
create index endpoints_of_user on endpoints (user_id);
create index endpoints_by_age on endpoints (account_id, created_at, id);

create table numbers (
  id         uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  e164       text not null constraint numbers_are_e164 check (e164 ~ '^\+[1-9][0-9]{2,14}$'),
  target     jsonb not null,
  created_at timestamptz not null
);
create unique index numbers_e164_is_unique on numbers (e164);
create index numbers_by_age on numbers (account_id, created_at, id);

create table trunks (
  id                uuid primary key,
  account_id        uuid not null references accounts on delete cascade,
  serial            integer not null,
  name              text not null,
  kind              text not null constraint trunks_kind_is_known check (kind in ('register', 'ip')),
  host              text not null,
  port              integer not null constraint trunks_port_is_one check (port between 1 and 65535),
  transport         text not null constraint trunks_transport_is_known check (transport in ('udp', 'tcp')),
  username          text,
  secret_encrypted  text,
  inbound_addresses text[] not null,
  prefixes          text[] not null,
  priority          integer not null,
  emergency         boolean not null,
  enabled           boolean not null,
  created_at        timestamptz not null,
  constraint trunks_serial_is_unique unique (account_id, serial)
);
create index trunks_by_age on trunks (account_id, created_at, id);
