import { claim, readSchema, type Sql } from 'etalon'
import { addDocument } from './document.ts'
import { addExecution } from './execution.ts'
import { openProject } from './project.ts'
import { atOnce } from './refusal.ts'
import { answersTo } from './row-attempt.ts'
import { describedSchema, foundSchema } from './schema-text.ts'

const forbidden = '42501'

claim('JEEX-REQ-001', async ({ system, sql, prove }) => {
  const version = await sql.value<number>(`select current_setting('server_version_num')::integer`)
  prove('version of the server', Math.floor(version / 10_000)).equals(18)
  for (const name of ['app', 'backup']) {
    const role = system.sqlAs(name)
    prove(`attributes of the role ${name} and of its groups`, await attributesOf(role)).isEmpty()
    prove(`what the role ${name} and its groups own`, await ownedBy(role)).equals(0)
    prove(`tables on which ${name} may do too much`, await excessOf(role, name)).isEmpty()
    const answers = await answersTo(role, [
      ['a table', 'create table public.own (id integer)'],
      ['a table of the job engine', 'create table pgboss.own (id integer)'],
      ['a schema', 'create schema own'],
      ['a function', `create function public.own() returns int language sql as 'select 1'`],
      ['a role', 'create role own'],
      ['another column', 'alter table users add own text'],
      ['no row security', 'alter table users disable row level security'],
      ['a policy', 'create policy own on users using (true)'],
      ['no table', 'drop table exports'],
      ['an index', 'create index on users (name)'],
      ['a trigger', 'create trigger own before update on users execute function stamp_change()'],
      ['rows gone', 'delete from users'],
      ['no rows at all', 'truncate users'],
      ['no triggers', 'set session_replication_role = replica'],
      ['a file', `copy users to '/dev/null'`],
    ])
    prove(
      `what ${name} tried and was not forbidden`,
      answers.filter(({ answer }) => answer !== forbidden),
    ).isEmpty()
  }
})

/** Roles, of those that a connection acts as, with a power over the whole server. */
function attributesOf(role: Sql): Promise<unknown[]> {
  return role.rows(
    `select rolname from pg_roles where pg_has_role(current_user, oid, 'member')
       and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)`,
  )
}

function ownedBy(role: Sql): Promise<number> {
  return role.value(
    `select count(*) from pg_shdepend d join pg_roles r on r.oid = d.refobjid
     where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
       and pg_has_role(current_user, r.oid, 'member')`,
  )
}

/** Privileges on whole tables of the service that it has no use for. */
function excessOf(role: Sql, name: string): Promise<unknown[]> {
  const needless = ['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']
  const writes = name === 'backup' ? ['INSERT', 'UPDATE'] : []
  return role.rows(
    `select c.relname as "table", p as privilege from pg_class c, unnest($1::text[]) p
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and has_table_privilege(c.oid, p)
     union all
     select c.relname, 'UPDATE of every column' from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname <> 'job_schedules' and has_table_privilege(c.oid, 'UPDATE')`,
    [[...needless, ...writes]],
  )
}

claim('JEEX-REQ-002', async ({ sql, prove }) => {
  const described = describedSchema()
  const found = foundSchema(await readSchema(sql))
  prove('lines of the description', described.length).isAtLeast(150)
  prove(
    'described and not there',
    described.filter((line) => !found.includes(line)),
  ).isEmpty()
  prove(
    'there and not described',
    found.filter((line) => !described.includes(line)),
  ).isEmpty()
})

/** The indexes of the specification: their first columns, and what rows they leave out. */
const indexes: readonly (readonly [table: string, columns: string, where?: string])[] = [
  ['projects', 'created_by, status, updated_at DESC', 'deleted_at IS NULL'],
  ['projects', 'created_at'],
  ['document_versions', 'project_id, document_type', 'deleted_at IS NULL'],
  ['document_versions', 'project_id, version DESC', 'deleted_at IS NULL'],
  ['document_versions', 'created_at'],
  ['agent_executions', 'project_id, started_at DESC'],
  ['agent_executions', 'correlation_id'],
  ['agent_executions', 'status, started_at'],
  ['agent_executions', 'project_id, status, started_at'],
  ['exports', 'project_id'],
  ['exports', 'expires_at', `status = 'completed'::text`],
]

claim('JEEX-DB-09', async ({ sql, prove }) => {
  const found = (await readSchema(sql)).indexes
  const missing = indexes.filter(
    ([table, columns, where]) =>
      !found.some((index) => {
        const { definition } = index
        const [keys = ''] = /(?<=USING btree \().*?(?=\))/.exec(definition) ?? []
        const fits =
          keys === columns || keys.startsWith(`${columns},`) || keys.startsWith(`${columns} `)
        const isPartial = definition.includes(' WHERE ')
        const isWhere = where === undefined ? !isPartial : definition.endsWith(`WHERE (${where})`)
        return index.table === table && fits && isWhere
      }),
  )
  prove('indexes of the specification that are missing', missing).isEmpty()
  const unusable = await sql.rows(
    `select indexrelid::regclass::text as index from pg_index
     where not (indisvalid and indisready and indislive)`,
  )
  prove('indexes that cannot be used', unusable).isEmpty()
})

claim('JEEX-D-03', async ({ system, sql, prove }) => {
  const keyed = await sql.rows<{ table: string; default: string | null }>(
    `select c.relname as "table", pg_get_expr(d.adbin, d.adrelid) as "default"
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and a.atttypid = 'uuid'::regtype order by 1`,
  )
  prove('tables with ids', keyed.length).equals(7)
  prove(
    'ids that are made otherwise',
    keyed.filter((column) => column.default !== 'uuidv7()'),
  ).isEmpty()

  const owner = await system.actor('owner:ids')
  const project = await openProject(owner)
  await atOnce(10, () => addDocument(owner, project.id).expect(201))
  const inTurn: string[] = []
  for (let turn = 0; turn < 20; turn += 1) {
    inTurn.push((await addExecution(owner, project.id).expect(201)).body.id)
  }
  prove('ids sorted', inTurn.toSorted()).equals(inTurn)
  const rows = await sql.rows<{ id: string; version: number; ageS: number }>(
    `select id, uuid_extract_version(id) as version,
       abs(extract(epoch from created_at - uuid_extract_timestamp(id)))::float8 as "ageS"
     from (select id, created_at from projects union all select id, created_at from users
       union all select id, created_at from document_versions
       union all select id, created_at from agent_executions
       union all select id, at from audit_log) made`,
  )
  prove('ids that were looked at', rows.length).isAtLeast(50)
  prove(
    'ids of another version than 7',
    rows.filter(({ version }) => version !== 7),
  ).isEmpty()
  prove(
    'ids that tell another time than their row, by a minute or more',
    rows.filter(({ ageS }) => !(ageS < 60)),
  ).isEmpty()
})
