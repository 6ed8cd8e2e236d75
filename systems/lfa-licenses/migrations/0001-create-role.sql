-- Up Migration

-- The service signs in as a role that is a member of lfa_app, which owns nothing and may only do
-- what the migrations grant it. Roles belong to the whole cluster: two databases may be migrated
-- at the same time, and the role may be there already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lfa_app') then
    create role lfa_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
  if not has_schema_privilege('lfa_app', 'public', 'usage') then
    grant usage on schema public to lfa_app;
  end if;
end
$$;

-- Down Migration

-- The role stays: other databases of the cluster may use it, and dropping it would take it away
-- from the sign-in roles that are its members. It keeps no right here, because each table's
-- migration takes its rights away with the table.
select 1;
