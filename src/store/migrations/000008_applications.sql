-- Applications: what is asked about a call. And second ids of version 4 for what dialects show under one.
alter table users add column sid uuid not null default gen_random_uuid();
alter table endpoints add column sid uuid not null default gen_random_uuid();
alter table numbers add column sid uuid not null default gen_random_uuid();
alter table trunks add column sid uuid not null default gen_random_uuid();
create unique index users_sid_is_unique on users (sid);
create unique index endpoints_sid_is_unique on endpoints (sid);
create unique index numbers_sid_is_unique on numbers (sid);
create unique index trunks_sid_is_unique on trunks (sid);

create table applications (
  id                  uuid primary key,
  sid                 uuid not null default gen_random_uuid(),
  account_id          uuid not null references accounts on delete cascade,
  name                text not null,
  call_hook           jsonb,
  status_hook         jsonb,
  message_hook        jsonb,
  steps               text,
  variables_encrypted text,
  speech              jsonb not null,
  record_all_calls    boolean not null,
  created_at          timestamptz not null
);
comment on column applications.call_hook is 'Where it is asked: sid, url, method, username, and the password sealed.';
comment on column applications.steps is 'Verbs that run instead of asking, as they were sent.';
comment on column applications.variables_encrypted is 'What the operator set for it; may hold secrets.';
create unique index applications_sid_is_unique on applications (sid);
create index applications_by_age on applications (account_id, created_at, id);
create index numbers_of_application on numbers ((target ->> 'applicationId')) where target ->> 'kind' = 'application';

alter table applications enable row level security;
create policy applications_of_one_account on applications to polyvox_app using (account_id = current_account())
  with check (account_id = current_account());
create policy applications_for_crossing on applications to polyvox_crossing using (true) with check (true);
grant select, insert, update, delete on applications to polyvox_app, polyvox_crossing;
