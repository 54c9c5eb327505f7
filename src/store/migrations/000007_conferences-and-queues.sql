-- Where legs meet, and where they wait: running ones and those that were made ahead, whole, as a restarted
-- server takes them over. Additive.

create table conferences (
  id         uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name       text not null,
  body       jsonb not null,
  constraint conferences_name_is_unique unique (account_id, name)
);
comment on table conferences is 'Conferences that are not gone, with who is in them.';

create table queues (
  id         uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name       text not null,
  body       jsonb not null,
  constraint queues_name_is_unique unique (account_id, name)
);
comment on table queues is 'Queues that are not gone, with who waits in them and for them.';

do $$
declare
  walled text;
begin
  foreach walled in array array['conferences', 'queues']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy %I on %I to polyvox_app using (account_id = current_account())
      with check (account_id = current_account())', walled || '_of_one_account', walled);
    execute format('create policy %I on %I to polyvox_crossing using (true) with check (true)',
      walled || '_for_crossing', walled);
  end loop;
end
$$;
grant select, insert, update, delete on conferences, queues to polyvox_app, polyvox_crossing;
