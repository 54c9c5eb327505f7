-- Conferences and queues that somebody made, changed or removed are on the disk before that is acknowledged.
create or replace function write_journal(batch jsonb) returns boolean language plpgsql set search_path = public, pg_temp
as $$
begin
  insert into journal_batches (id) values ((batch->>'id')::uuid) on conflict do nothing;
  if not found then
    return false;
  end if;
  -- What runs is lost with the machine in any case. What has ended is not to be lost with it, nor are rooms: they
  -- may have been made by somebody who was told that they are there.
  if not batch ?| array['cdrs', 'history', 'recordings', 'conferences', 'endedConferences', 'queues', 'endedQueues'] then
    perform set_config('synchronous_commit', 'off', true);
  end if;
  if batch ? 'calls' then
    insert into live_calls (id, account_id, body)
    select (b->>'id')::uuid, (b->>'accountId')::uuid, b
    from jsonb_array_elements(batch->'calls') as b
    where exists (select from accounts where accounts.id = (b->>'accountId')::uuid)
    on conflict (id) do update set body = excluded.body;
  end if;
  if batch ? 'legs' then
    insert into live_legs (id, account_id, call_id, body)
    select (b->>'id')::uuid, (b->>'accountId')::uuid, (b->>'callId')::uuid, b
    from jsonb_array_elements(batch->'legs') as b
    where exists (select from accounts where accounts.id = (b->>'accountId')::uuid)
    on conflict (id) do update set body = excluded.body, call_id = excluded.call_id;
  end if;
  if batch ? 'endedCalls' then
    delete from live_calls where id in (select value::uuid from jsonb_array_elements_text(batch->'endedCalls'));
  end if;
  if batch ? 'endedLegs' then
    delete from live_legs where id in (select value::uuid from jsonb_array_elements_text(batch->'endedLegs'));
  end if;
  if batch ? 'cdrs' then
    insert into cdrs (leg_id, sid, call_id, account_id, parent_leg_id, root_leg_id, direction, role, user_id,
      endpoint_id, trunk_id, number, name, dialled, started_at, ringing_at, answered_at, ended_at,
      duration_seconds, cause, sip_status, ended_by, source, tag)
    select leg_id, sid, call_id, account_id, parent_leg_id, root_leg_id, direction, role, user_id,
      endpoint_id, trunk_id, number, name, dialled, started_at, ringing_at, answered_at, ended_at,
      duration_seconds, cause, sip_status, ended_by, source, tag
    from jsonb_populate_recordset(null::cdrs, batch->'cdrs') as given
    where exists (select from accounts where accounts.id = given.account_id)
    on conflict do nothing;
  end if;
  if batch ? 'history' then
    insert into history (account_id, call_id, user_id, direction, status, from_number, from_name, to_number, to_name,
      endpoint_id, started_at, answered_at, ended_at, duration_seconds)
    select account_id, call_id, user_id, direction, status, from_number, from_name, to_number, to_name,
      endpoint_id, started_at, answered_at, ended_at, duration_seconds
    from jsonb_populate_recordset(null::history, batch->'history') as given
    where exists (select from accounts where accounts.id = given.account_id)
    on conflict do nothing;
  end if;
  if batch ? 'recordings' then
    insert into recordings
    select given.* from jsonb_populate_recordset(null::recordings, batch->'recordings') as given
    where exists (select from accounts where accounts.id = given.account_id)
    on conflict (id) do update set state = excluded.state, ended_at = excluded.ended_at,
      duration_seconds = excluded.duration_seconds, size_bytes = excluded.size_bytes, file = excluded.file;
  end if;
  -- Rooms that are gone go first, so that a name is free again.
  if batch ? 'endedConferences' then
    delete from conferences
    where id in (select value::uuid from jsonb_array_elements_text(batch->'endedConferences'));
  end if;
  if batch ? 'conferences' then
    insert into conferences (id, account_id, name, body)
    select (b->>'id')::uuid, (b->>'accountId')::uuid, b->>'name', b
    from jsonb_array_elements(batch->'conferences') as b
    where exists (select from accounts where accounts.id = (b->>'accountId')::uuid)
    on conflict (id) do update set body = excluded.body;
  end if;
  if batch ? 'endedQueues' then
    delete from queues where id in (select value::uuid from jsonb_array_elements_text(batch->'endedQueues'));
  end if;
  if batch ? 'queues' then
    insert into queues (id, account_id, name, body)
    select (b->>'id')::uuid, (b->>'accountId')::uuid, b->>'name', b
    from jsonb_array_elements(batch->'queues') as b
    where exists (select from accounts where accounts.id = (b->>'accountId')::uuid)
    on conflict (id) do update set body = excluded.body;
  end if;
  -- Positions grow in the order of commits: every writer of events takes this lock, as late as it can.
  if batch ? 'events' then
    perform pg_advisory_xact_lock(7301);
    insert into events (account_id, at, type, body)
    select (e->>'accountId')::uuid, (e->>'at')::timestamptz, e->>'type', e
    from jsonb_array_elements(batch->'events') with ordinality as given(e, n)
    where exists (select from accounts where accounts.id = (e->>'accountId')::uuid)
    order by n;
    notify polyvox_events;
  end if;
  return true;
end
$$;
