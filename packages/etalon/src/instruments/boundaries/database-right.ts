import { Client } from 'pg'
import type { BoundaryGround } from './ground.ts'

/** What a role may do with one object. */
export interface DatabaseRight {
  /** `table public.projects`, `function public.total(integer)`, `schema public`, `role operators`. */
  readonly object: string
  /** `SELECT`, `EXECUTE`, … */
  readonly privilege: string
}

type Ground = NonNullable<BoundaryGround['postgres']>

/** Condition: somebody made the namespace `n`; it is not the server's own. */
const made = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
const notOfExtension = (catalog: string, oid: string): string =>
  `not exists (select from pg_depend m where m.deptype = 'e'
     and m.classid = '${catalog}'::regclass and m.objid = ${oid})`

/**
 * As PostgreSQL answers for the role itself: with what its groups and everybody may, and for tables
 * also where it may so only with some columns. Owning includes every privilege.
 */
const rights = `
  with who as (select oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication
                 from pg_roles where rolname = $1),
  found as (
    select 'schema ' || n.nspname as object, p as privilege
      from who, pg_namespace n, unnest(array['USAGE', 'CREATE']) p
     where ${made} and has_schema_privilege(who.oid, n.oid, p)
    union all
    select 'table ' || n.nspname || '.' || c.relname, p
      from who, pg_class c join pg_namespace n on n.oid = c.relnamespace,
        unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER',
                     'MAINTAIN']) p
     where ${made} and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${notOfExtension('pg_class', 'c.oid')}
       and (has_table_privilege(who.oid, c.oid, p)
         or case when p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
              then has_any_column_privilege(who.oid, c.oid, p) end)
    union all
    select 'sequence ' || n.nspname || '.' || c.relname, p
      from who, pg_class c join pg_namespace n on n.oid = c.relnamespace,
        unnest(array['USAGE', 'SELECT', 'UPDATE']) p
     where ${made} and c.relkind = 'S' and has_sequence_privilege(who.oid, c.oid, p)
    union all
    select 'function ' || n.nspname || '.' || f.proname || '('
        || pg_get_function_identity_arguments(f.oid) || ')',
      case when f.prosecdef then 'EXECUTE as its owner' else 'EXECUTE' end
      from who, pg_proc f join pg_namespace n on n.oid = f.pronamespace
     where ${made} and ${notOfExtension('pg_proc', 'f.oid')}
       and has_function_privilege(who.oid, f.oid, 'EXECUTE')
    union all
    select 'database', p from who, unnest(array['CONNECT', 'CREATE', 'TEMPORARY']) p
     where has_database_privilege(who.oid, current_database(), p)
    union all
    select 'role ' || g.rolname, 'SET' from who, pg_roles g
     where g.oid <> who.oid and not who.rolsuper and pg_has_role(who.oid, g.oid, 'SET')
    union all
    select 'itself', attribute from who, lateral (values
      ('SUPERUSER', rolsuper), ('CREATEROLE', rolcreaterole), ('CREATEDB', rolcreatedb),
      ('BYPASSRLS', rolbypassrls), ('REPLICATION', rolreplication)) a (attribute, has)
     where has)
  select object, privilege from found order by object, privilege`

/** What a role may do in the instance's database. @throws RangeError for an unknown role */
export async function databaseRights(ground: Ground, role: string): Promise<DatabaseRight[]> {
  const onServer = ground.roles[role]
  if (onServer === undefined) {
    const known = Object.keys(ground.roles).join(', ')
    throw new RangeError(`expected one of the database roles ${known}, found ${role}`)
  }
  const client = new Client({ connectionString: ground.url, application_name: 'etalon' })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<DatabaseRight>(rights, [onServer])).rows
  } finally {
    await client.end()
  }
}
