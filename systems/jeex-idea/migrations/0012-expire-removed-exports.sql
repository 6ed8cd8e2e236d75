-- Up Migration

-- The files go first and the exports are marked then, so that a process that ends in between
-- forgets no file. The function that marks first stays for revisions that still ask for it.
create function overdue_exports(now_is timestamptz)
returns table (id uuid, file_path text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, e.file_path from exports e where e.status = 'completed' and e.expires_at <= now_is
$$;

create function expire_exports(now_is timestamptz, removed uuid[]) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with over as (
    update exports e set status = 'expired'
    where e.id = any (removed) and e.status = 'completed' and e.expires_at <= now_is
    returning e.*
  ), noted as (
    insert into audit_log (project_id, owner_id, action, entity, entity_id, before, after, at)
    select e.project_id, e.owner_id, 'export.expire', 'export', e.id,
      jsonb_build_object('status', 'completed'), jsonb_build_object('status', e.status), now_is
    from over e
  )
  select count(*) from over
$$;

revoke execute on function overdue_exports(timestamptz), expire_exports(timestamptz, uuid[])
  from public;
grant execute on function overdue_exports(timestamptz), expire_exports(timestamptz, uuid[])
  to jeex_app;

-- Down Migration

drop function expire_exports(timestamptz, uuid[]);
drop function overdue_exports(timestamptz);
