import type { Sql } from 'etalon'

/** A project that holds a crowd of executions. */
export interface CrowdedProject {
  readonly projectId: string
  /** The run of one of its executions. */
  readonly correlationId: string
}

/**
 * Puts so many executions into a new project of somebody, over the last 30 days and in turns over
 * agents and states, and their sums by day. The rows are put in past triggers and references, for
 * which this many could not wait, two halves at once, and indexes are built after them; all is as
 * if they had been made one by one.
 */
export async function crowdProject(
  sql: Sql,
  owner: string,
  executions: number,
): Promise<CrowdedProject> {
  const projectId = await sql.value<string>(
    `insert into projects (name, created_by) values ('A crowd', $1) returning id`,
    [owner],
  )
  const indexes = await sql.rows<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'agent_executions'::regclass
       and not exists (select from pg_constraint where conindid = indexrelid)`,
  )
  await sql.run(`drop index ${indexes.map(({ name }) => name).join(', ')}`)
  const half = Math.floor(executions / 2)
  const halves = [
    [1, half],
    [half + 1, executions],
  ] as const
  await Promise.all(
    halves.map((range) => runWith(sql, unwatched, crowdStatement, [projectId, owner, ...range])),
  )
  const build = async (): Promise<void> => {
    for (const { definition } of indexes) await runWith(sql, roomy, definition)
  }
  await Promise.all([build(), runWith(sql, unwatched, sumStatement, [projectId])])
  await Promise.all(
    ['agent_executions', 'execution_days', 'projects'].map((t) => sql.run(`vacuum analyze ${t}`)),
  )
  const correlationId = await sql.value<string>(
    `select correlation_id from agent_executions where project_id = $1 limit 1`,
    [projectId],
  )
  return { projectId, correlationId }
}

/** Without triggers and references. */
const unwatched = `session_replication_role = 'replica'`
/** With room to sort this many keys in memory. */
const roomy = `maintenance_work_mem = '256MB'`

/** Runs a statement in a transaction of its own, with a setting that ends with it. */
async function runWith(
  sql: Sql,
  setting: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<void> {
  await sql.session(async (one) => {
    await one.run('begin')
    await one.run(`set local ${setting}`)
    await one.run(statement, values)
    await one.run('commit')
  })
}

const crowdStatement = `
  insert into agent_executions
    (project_id, owner_id, agent_type, correlation_id, status, started_at, completed_at,
     duration_ms, tokens_in, tokens_out, cost, created_at)
  select $1::uuid, $2::uuid,
    ('{qa_expert,business_analyst,solution_architect,project_planner}'::text[])[1 + n % 4],
    uuidv7(),
    case when n % 10 = 0 then 'failed' else 'completed' end, at, at + interval '1 second',
    500 + n % 1000, 800, 200, 0.01, at
  from generate_series($3::integer, $4::integer) n,
    lateral (select date_trunc('day', now()) - n % 30 * interval '1 day' + n * interval '1 ms' as at)`

const sumStatement = `
  insert into execution_days
  select project_id, owner_id, (created_at at time zone 'UTC')::date, agent_type, status, 0,
    count(*), sum(duration_ms), sum(tokens_in), sum(tokens_out), sum(cost)
  from agent_executions where project_id = $1 group by 1, 2, 3, 4, 5`
