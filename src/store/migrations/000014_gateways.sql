-- Where a provider takes calls and where its calls come from: gateways of a trunk, in the order in which they are
-- tried. They take the place of the one address of a trunk. And how a trunk introduces itself.
create table gateways (
  id         uuid primary key,
  sid        uuid not null default gen_random_uuid(),
  account_id uuid not null references accounts on delete cascade,
  trunk_id   uuid not null references trunks on delete cascade,
  position   bigint generated always as identity,
  host       text not null,
  port       integer constraint gateways_port_is_one check (port between 1 and 65535),
  netmask    integer not null constraint gateways_netmask_is_one check (netmask between 1 and 128),
  inbound    boolean not null,
  outbound   boolean not null,
  enabled    boolean not null,
  transport  text not null constraint gateways_transport_is_known check (transport in ('udp', 'tcp', 'tls')),
  pings      boolean not null,
  extras     jsonb not null,
  created_at timestamptz not null
);
comment on column gateways.position is 'Counts up; calls try the lowest of their trunk first.';
comment on column gateways.port is 'Null: the usual one.';
comment on column gateways.netmask is 'Bits of the network that calls come from.';
create unique index gateways_sid_is_unique on gateways (sid);
create index gateways_of_trunk on gateways (trunk_id, position);

alter table gateways enable row level security;
create policy gateways_of_one_account on gateways to polyvox_app using (account_id = current_account())
  with check (account_id = current_account());
create policy gateways_for_crossing on gateways to polyvox_crossing using (true) with check (true);
grant select, insert, update, delete on gateways to polyvox_app, polyvox_crossing;

insert into gateways (id, account_id, trunk_id, host, port, netmask, inbound, outbound, enabled, transport, pings, extras, created_at)
select gen_random_uuid(), account_id, id, host, port, case when host like '%:%' then 128 else 32 end,
  false, true, true, transport, kind = 'ip', '{}', created_at
from trunks order by created_at, id;
insert into gateways (id, account_id, trunk_id, host, port, netmask, inbound, outbound, enabled, transport, pings, extras, created_at)
select gen_random_uuid(), t.account_id, t.id, host(n.network::inet), null, masklen(n.network::inet),
  true, false, true, 'udp', false, '{}', t.created_at
from trunks t, unnest(t.inbound_addresses) with ordinality as n (network, place)
order by t.created_at, t.id, n.place;

alter table trunks
  drop column host,
  drop column port,
  drop column transport,
  drop column inbound_addresses,
  add column realm text,
  add column from_user text,
  add column from_domain text,
  add column tech_prefix text not null default '',
  add column leading_plus boolean not null default true,
  add column application_id uuid constraint trunks_application_is_used references applications,
  add column proxy text,
  add column dtmf text not null default 'rfc4733' constraint trunks_dtmf_is_known check (dtmf in ('rfc4733', 'inband', 'info')),
  add column extras_encrypted text;
comment on column trunks.realm is 'The domain of the registration, if it is not the address of the first gateway.';
comment on column trunks.leading_plus is 'Whether numbers go out with their plus.';
comment on column trunks.application_id is 'Asked about calls for numbers that lead nowhere else.';
comment on column trunks.extras_encrypted is 'What a dialect keeps with it, as JSON; may hold secrets.';
create index trunks_of_application on trunks (application_id) where application_id is not null;

create table installation_settings (
  name text primary key,
  body jsonb not null
);
comment on table installation_settings is 'What is set once for the whole installation; belongs to no account.';
alter table installation_settings enable row level security;
create policy installation_settings_for_crossing on installation_settings to polyvox_crossing using (true) with check (true);
grant select, insert, update, delete on installation_settings to polyvox_crossing;
