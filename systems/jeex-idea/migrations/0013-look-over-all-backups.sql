-- Up Migration

-- Whether any backup is damaged is asked every second, and hardly ever one is.
create index backups_corrupt_idx on backups (started_at) where status = 'corrupt';

-- Reports are made in the name of the role that sees all rows.
grant select on backups to jeex_backup;

-- Down Migration

revoke select on backups from jeex_backup;
drop index backups_corrupt_idx;
