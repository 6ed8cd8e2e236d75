import type { Sql } from 'etalon'

/** A row that points at one that has to be there, as the specification has it. */
type Reference = readonly [table: string, columns: string, of: string, keys: string]

const references: readonly Reference[] = [
  ['projects', 'created_by', 'users', 'id'],
  ['document_versions', 'project_id, owner_id', 'projects', 'id, created_by'],
  ['document_versions', 'created_by', 'users', 'id'],
  ['agent_executions', 'project_id, owner_id', 'projects', 'id, created_by'],
  ['agent_executions', 'parent_execution_id, project_id', 'agent_executions', 'id, project_id'],
  ['agent_executions', 'retry_of, project_id', 'agent_executions', 'id, project_id'],
  ['execution_days', 'project_id, owner_id', 'projects', 'id, created_by'],
  ['exports', 'project_id, owner_id', 'projects', 'id, created_by'],
  ['exports', 'created_by', 'users', 'id'],
  ['audit_log', 'project_id', 'projects', 'id'],
  ['audit_log', 'actor', 'users', 'id'],
  ['idempotency_keys', 'actor', 'users', 'id::text'],
  ['backups', 'base_id', 'backups', 'id'],
]

const tableOfEntity = {
  project: 'projects',
  document: 'document_versions',
  execution: 'agent_executions',
  export: 'exports',
} as const

/** Rows that point at nothing, looked for by joins, whatever constraints there are. */
export async function orphansIn(sql: Sql): Promise<string[]> {
  const found: string[] = []
  for (const [table, columns, of, keys] of references) {
    const [first] = columns.split(',')
    const orphans = await sql.value<number>(
      `select count(*) from ${table} where ${first} is not null
         and (${columns}) not in (select ${keys} from ${of})`,
    )
    if (orphans > 0) found.push(`${orphans} × ${table} (${columns})`)
  }
  for (const [entity, table] of Object.entries(tableOfEntity)) {
    const orphans = await sql.value<number>(
      `select count(*) from audit_log where entity = $1 and entity_id not in (select id from ${table})`,
      [entity],
    )
    if (orphans > 0) found.push(`${orphans} × audit_log of ${entity}`)
  }
  return found
}

/** What does not agree with itself, by what is wrong. */
export async function contradictionsIn(sql: Sql): Promise<string[]> {
  const found: string[] = []
  for (const [what, query] of Object.entries(contradictions)) {
    const rows = await sql.value<number>(`select count(*) from (${query}) found`)
    if (rows > 0) found.push(`${rows} × ${what}`)
  }
  return found
}

const contradictions = {
  'versions with a gap': `select project_id, document_type from document_versions
    group by 1, 2 having max(version) <> count(*) or min(version) <> 1`,
  'projects without an entry of their creation': `select id from projects p where not exists (
    select from audit_log a where a.entity_id = p.id and a.action = 'project.create')`,
  'things without an entry in the log of their project': `select id, project_id from (
      select id, project_id from document_versions
      union all select id, project_id from agent_executions
      union all select id, project_id from exports) thing
    where not exists (select from audit_log a
      where a.entity_id = thing.id and a.project_id = thing.project_id)`,
  'sums by day that are not those of the executions': `select * from (
      select project_id, agent_type, status, sum(executions) as executions, sum(tokens_in) as tokens
      from execution_days group by 1, 2, 3 having sum(executions) <> 0) summed
    full join (
      select project_id, agent_type, status, count(*) as executions,
        coalesce(sum(tokens_in), 0) as tokens
      from agent_executions group by 1, 2, 3) counted
      using (project_id, agent_type, status, executions, tokens)
    where summed.* is null or counted.* is null`,
  'attempts that do not follow the one that they retry': `select r.id from agent_executions r
    join agent_executions o on o.id = r.retry_of
    where r.attempt <> o.attempt + 1 or r.correlation_id <> o.correlation_id`,
}
