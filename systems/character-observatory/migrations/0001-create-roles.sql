-- Up Migration

-- The service signs in as a member of observatory_app, which owns nothing and may only do what the
-- migrations grant it. Roles belong to the whole cluster: another database may have made it already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'observatory_app') then
    create role observatory_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

revoke create on schema public from public;
grant usage on schema public to observatory_app;

-- Down Migration

-- The role stays: other databases of the cluster may use it.
revoke usage on schema public from observatory_app;
