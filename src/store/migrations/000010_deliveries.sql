-- Hooks that only tell: what has not arrived, the lanes that keep its order, and how far readers of events are.
-- Additive, so the previous release keeps running against it.
create table deliveries (
  id              uuid primary key,
  account_id      uuid not null references accounts on delete cascade,
  position        bigint generated always as identity,
  key             text not null constraint deliveries_key_is_short check (length(key) between 1 and 200),
  dialect         text not null,
  subject         text not null,
  host            text not null,
  request_sealed  text not null,
  state           text not null default 'waiting'
                  constraint deliveries_wait_or_have_failed check (state in ('waiting', 'failed')),
  attempts        integer not null default 0,
  last_code       text,
  last_status     integer,
  last_attempt_at timestamptz,
  wanted_at       timestamptz not null default now(),
  created_at      timestamptz not null default now()
);
comment on table deliveries is 'What has not arrived: it waits, or was given up. What has arrived is deleted.';
comment on column deliveries.wanted_at is 'When it was put in, or was wanted again after it had failed.';
create index deliveries_waiting on deliveries (account_id, key, position) where state = 'waiting';
create index deliveries_failed on deliveries (account_id, created_at desc, id desc) where state = 'failed';

create table delivery_lanes (
  id         bigint generated always as identity primary key,
  account_id uuid not null references accounts on delete cascade,
  key        text not null,
  entries    bigint not null,
  due_at     timestamptz not null default now(),
  held_by    text,
  held_until timestamptz,
  constraint delivery_lanes_one_for_a_key unique (account_id, key)
);
comment on table delivery_lanes is 'A key with something that waits. One node at a time holds it and delivers in order.';
comment on column delivery_lanes.entries is 'How much was ever put in: a lane ends only if nothing was put in meanwhile.';
create index delivery_lanes_due on delivery_lanes (due_at);

create table event_readers (
  name     text primary key,
  position bigint not null
);
comment on table event_readers is 'How far somebody has read the events whose deliveries are stored.';

do $$
declare
  walled text;
begin
  foreach walled in array array['deliveries', 'delivery_lanes']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy %I on %I to polyvox_app using (account_id = current_account())
      with check (account_id = current_account())', walled || '_of_one_account', walled);
    execute format('create policy %I on %I to polyvox_crossing using (true) with check (true)',
      walled || '_for_crossing', walled);
  end loop;
end
$$;
grant select, insert, update, delete on deliveries, delivery_lanes to polyvox_app, polyvox_crossing;
grant select, insert, update, delete on event_readers to polyvox_crossing;
grant usage, select on all sequences in schema public to polyvox_app, polyvox_crossing;

-- A job is only an alarm: it says that a lane is to be looked at. As the owner, to whom the queue belongs.
create function wake_delivery_lane(lane bigint, account uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform graphile_worker.add_job('deliver', json_build_object('lane', lane::text, 'account', account), run_at := at,
    max_attempts := 3, job_key := 'delivery-lane:' || lane);
end
$$;
revoke execute on function wake_delivery_lane(bigint, uuid, timestamptz) from public;
grant execute on function wake_delivery_lane(bigint, uuid, timestamptz) to polyvox_app, polyvox_crossing;
