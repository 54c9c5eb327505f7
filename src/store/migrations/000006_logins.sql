-- Logins of a dialect: a name is taken once in each dialect.
alter table credentials add column dialect text;
update credentials set dialect = 'mikopbx' where kind = 'login';
alter table credentials add constraint credentials_logins_are_of_a_dialect check ((kind = 'login') = (dialect is not null));
drop index credentials_name_is_unique;
create unique index credentials_name_is_unique on credentials (kind, name) where kind <> 'login';
create unique index credentials_login_is_unique on credentials (dialect, name) where kind = 'login';
