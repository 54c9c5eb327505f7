-- Numbers may be patterns, may belong to a trunk, and may be moved to another account; devices may be switched off,
-- and kept from what they need not reach.
alter table numbers
  drop constraint numbers_are_e164,
  add column is_pattern boolean not null default false,
  add column trunk_id uuid constraint numbers_trunk_is_used references trunks;
alter table numbers add constraint numbers_are_e164 check (is_pattern or e164 ~ '^\+[1-9][0-9]{2,14}$');
comment on column numbers.is_pattern is 'The text is a pattern or a short number, looked at after numbers, within the account.';
comment on column numbers.trunk_id is 'Whose number it is; a pattern counts for calls from there alone.';
drop index numbers_e164_is_unique;
create unique index numbers_e164_is_unique on numbers (e164) where not is_pattern;
create unique index numbers_pattern_is_unique on numbers (account_id, e164, trunk_id) nulls not distinct where is_pattern;
create index numbers_of_trunk on numbers (trunk_id) where trunk_id is not null;

alter table endpoints
  add column enabled boolean not null default true,
  add column may_call_applications boolean not null default true,
  add column may_call_queues boolean not null default true,
  add column may_call_users boolean not null default true;
comment on column endpoints.enabled is 'The engine does not know one that is not: nobody can register there.';
