import { statement } from 'service-kit'

/** Sessions of the service, and those that have been idle in a transaction for a minute. */
export const countSessions = statement<{ sessions: number; stuck: number }, []>(
  'checklist-sessions',
  `select count(*) as sessions, count(*) filter (
     where state like 'idle in transaction%' and now() - state_change > interval '1 minute'
   ) as stuck
   from pg_stat_activity
   where datname = current_database() and application_name = 'jeex-idea'`,
)

/** The versions of a project's documents, and how many of them the audit log tells of. */
export const readVersions = statement<{ versions: number[]; logged: number }, [projectId: string]>(
  'checklist-versions',
  `select array(select version from document_versions where project_id = $1 order by 1) as versions,
     (select count(*) from audit_log
      where project_id = $1 and action = 'document.create') as logged`,
)

/** Tables with rows of somebody, and whether row security keeps them apart. */
export const listOwnedTables = statement<{ table: string; secured: boolean }, []>(
  'checklist-owned-tables',
  `select c.relname as table, c.relrowsecurity and exists (
     select from pg_policy p where p.polrelid = c.oid
   ) as secured
   from pg_class c join pg_attribute a on a.attrelid = c.oid
   where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
     and (a.attname in ('owner_id', 'created_by') or c.relname in ('users', 'idempotency_keys'))
   group by c.oid, c.relname, c.relrowsecurity order by 1`,
)

/** What the role of this session may pass, and how many projects it sees in nobody's name. */
export const lookAsNobody = statement<{ passes: boolean; seen: number }, []>(
  'checklist-as-nobody',
  `select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as passes,
     (select count(*) from projects) as seen`,
)

export const countProjects = statement<{ count: number }, []>(
  'checklist-projects',
  'select count(*) from projects',
)

/** The file of the newest backup that completed. */
export const newestFile = statement<{ file_path: string; sha256: string }, []>(
  'checklist-newest-file',
  `select file_path, sha256 from backups where status = 'completed'
   order by started_at desc limit 1`,
)

/** What the audit log has of a project under a correlation id. */
export const actionsUnder = statement<{ action: string }, [projectId: string, wanted: string]>(
  'checklist-actions',
  'select action from audit_log where project_id = $1 and correlation_id = $2',
)

/** Cuts the connections of the service that are idle, as the same role may. */
export const cutIdleConnections = statement<{ cut: number }, []>(
  'checklist-cut-idle',
  `select count(*) filter (where pg_terminate_backend(pid)) as cut from pg_stat_activity
   where datname = current_database() and application_name = 'jeex-idea' and state = 'idle'
     and usename = current_user`,
)

export const switchOff = statement<never, [emails: readonly string[]]>(
  'checklist-switch-off',
  'update users set is_active = false where email = any($1)',
)
