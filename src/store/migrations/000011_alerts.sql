-- What an account's people should look at: hooks that failed, what an application wanted said.
-- Additive, so the previous release keeps running against it.
create table alerts (
  id         uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  at         timestamptz not null,
  kind       text not null constraint alerts_kind_is_short check (length(kind) between 1 and 64),
  message    text not null,
  detail     text,
  target     text
);
comment on column alerts.target is 'The second id of what it is about: a call, a carrier.';
create index alerts_recent on alerts (account_id, at desc, id desc);
create index alerts_old on alerts (at);
alter table alerts enable row level security;
create policy alerts_of_one_account on alerts to polyvox_app using (account_id = current_account())
  with check (account_id = current_account());
create policy alerts_for_crossing on alerts to polyvox_crossing using (true) with check (true);
grant select, insert, update, delete on alerts to polyvox_app, polyvox_crossing;
