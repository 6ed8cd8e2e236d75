-- Up Migration

-- The service signs in as a member of jeex_app, and takes backups as a member of jeex_backup. Both
-- own nothing, pass no row security and may only do what the migrations grant them. Roles belong
-- to the whole cluster: another database of it may have made them already.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['jeex_app', 'jeex_backup'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;

grant usage on schema public to jeex_app, jeex_backup;

-- Down Migration

-- The roles stay: other databases of the cluster may use them.
revoke usage on schema public from jeex_app, jeex_backup;
