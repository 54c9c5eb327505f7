-- Operators own accounts. What an operator has not given to an account (shared trunks, spare numbers, its own
-- people and keys) lies in an account of its own, of the kind `operator`. The first one is always there.
alter table accounts
  add column sid uuid not null default gen_random_uuid(),
  add column kind text not null default 'customer' constraint accounts_kind_is_known check (kind in ('customer', 'operator')),
  add column operator_id uuid references accounts;
comment on column accounts.sid is 'A second id of version 4, for dialects that want one.';
comment on column accounts.serial is 'Counts up from 0; operators count down from -1.';
create unique index accounts_sid_is_unique on accounts (sid);
create unique index accounts_operator_name_is_unique on accounts (lower(name)) where kind = 'operator';
create index accounts_of_operator on accounts (operator_id, created_at, id);

insert into accounts (id, serial, name, sip_domain, country, area_code, time_zone, language, max_concurrent_calls,
  is_default, is_demo, kind, created_at)
values ('00000000-0000-1000-8000-000000000001', -1, 'Polyvox', 'operator.invalid', 'DE', '', 'Europe/Berlin', 'en', 0,
  false, false, 'operator', now());
update accounts set operator_id = '00000000-0000-1000-8000-000000000001' where kind = 'customer';
alter table accounts add constraint accounts_of_customers_have_an_operator
  check ((kind = 'operator') = (operator_id is null));

create table operators (
  account_id        uuid primary key references accounts on delete cascade,
  description       text,
  root_domain       text,
  ms_teams_fqdn     text,
  registration_hook jsonb
);
create unique index operators_root_domain_is_unique on operators (lower(root_domain));
insert into operators (account_id) values ('00000000-0000-1000-8000-000000000001');

create table api_keys (
  id              uuid primary key,
  sid             uuid not null default gen_random_uuid(),
  account_id      uuid not null references accounts on delete cascade,
  scope           text not null constraint api_keys_scope_is_known check (scope in ('installation', 'operator', 'account')),
  token_hash      text not null,
  token_encrypted text not null,
  expires_at      timestamptz,
  last_used_at    timestamptz,
  created_at      timestamptz not null
);
create unique index api_keys_sid_is_unique on api_keys (sid);
create unique index api_keys_token_is_unique on api_keys (token_hash);
create index api_keys_by_age on api_keys (account_id, created_at, id);

do $$
declare
  walled text;
begin
  foreach walled in array array['operators', 'api_keys']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy %I on %I to polyvox_app using (account_id = current_account())
      with check (account_id = current_account())', walled || '_of_one_account', walled);
    execute format('create policy %I on %I to polyvox_crossing using (true) with check (true)',
      walled || '_for_crossing', walled);
  end loop;
end
$$;
grant select, insert, update, delete on operators, api_keys to polyvox_app, polyvox_crossing;
