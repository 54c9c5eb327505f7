-- What an account's programs and hooks need to know of it, and how much an account or operator may do.
alter table accounts add column active boolean not null default true;
comment on column accounts.active is 'Calls of an account that is not active are refused.';
update accounts set max_concurrent_calls = 10000 where kind = 'operator';

create table account_profiles (
  account_id                uuid primary key references accounts on delete cascade,
  webhook_secret_encrypted  text not null,
  registration_hook         jsonb,
  queue_hook                jsonb,
  device_application_id     uuid references applications on delete set null,
  keeps_cdrs                boolean not null default true,
  record_all_calls          boolean not null default false,
  record_format             text not null default 'mp3' constraint account_profiles_format_is_known check (record_format in ('mp3', 'wav')),
  bucket_encrypted          text,
  extras                    jsonb not null default '{}'
);
comment on column account_profiles.webhook_secret_encrypted is 'Signs what is sent to hooks of the account.';
comment on column account_profiles.device_application_id is 'Asked when a device of the account calls.';
comment on column account_profiles.bucket_encrypted is 'Where recordings are also to be put, with its secrets.';
comment on column account_profiles.extras is 'What a dialect keeps with the account and nothing here acts on.';

create table limits (
  id         uuid primary key,
  sid        uuid not null default gen_random_uuid(),
  account_id uuid not null references accounts on delete cascade,
  category   text not null,
  quantity   integer not null constraint limits_are_no_debts check (quantity >= 0),
  created_at timestamptz not null,
  constraint limits_are_set_once unique (account_id, category)
);
create unique index limits_sid_is_unique on limits (sid);

do $$
declare
  walled text;
begin
  foreach walled in array array['account_profiles', 'limits']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy %I on %I to polyvox_app using (account_id = current_account())
      with check (account_id = current_account())', walled || '_of_one_account', walled);
    execute format('create policy %I on %I to polyvox_crossing using (true) with check (true)',
      walled || '_for_crossing', walled);
  end loop;
end
$$;
grant select, insert, update, delete on account_profiles, limits to polyvox_app, polyvox_crossing;
