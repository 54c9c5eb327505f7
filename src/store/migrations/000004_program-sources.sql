-- Who a leg is reported to, kept with its record.

alter table cdrs
  add column sid      uuid not null default gen_random_uuid(),
  add column ended_by text not null default 'party',
  add column source   jsonb,
  add column tag      jsonb;
comment on column cdrs.sid is 'The leg as uuid version 4, for contracts that want one.';
comment on column cdrs.source is 'Dialect and reference of the program source whose doing the leg was.';
create unique index cdrs_by_sid on cdrs (sid);
create index cdrs_ended on cdrs (account_id, ended_at);
