-- Up Migration

-- The file of a backup says which schema its rows fit.
grant select on schema_migrations to jeex_backup;

-- Down Migration

revoke select on schema_migrations from jeex_backup;
