-- The walls between accounts: `polyvox_app` sees the account of its transaction only, `polyvox_crossing` all.
do $$
declare
  walled text;
begin
  foreach walled in array array['users', 'credentials', 'endpoints', 'numbers', 'trunks', 'live_calls', 'live_legs',
    'cdrs', 'history', 'recordings', 'events', 'sessions', 'idempotency_keys']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy %I on %I to polyvox_app using (account_id = current_account())
      with check (account_id = current_account())', walled || '_of_one_account', walled);
    execute format('create policy %I on %I to polyvox_crossing using (true) with check (true)',
      walled || '_for_crossing', walled);
  end loop;
end
$$;
alter table accounts enable row level security;
create policy accounts_own on accounts to polyvox_app using (id = current_account()) with check (id = current_account());
create policy accounts_for_crossing on accounts to polyvox_crossing using (true) with check (true);

grant usage on schema public to polyvox_app, polyvox_crossing;
grant select, insert, update, delete on all tables in schema public to polyvox_app, polyvox_crossing;
grant usage, select on all sequences in schema public to polyvox_app, polyvox_crossing;
