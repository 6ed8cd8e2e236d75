import type { Sql } from 'etalon'

/** Values of a row as SQL, by column. */
export type Values = Readonly<Record<string, string>>

/** A row of each table that is accepted; what it hangs on are the rows of {@link plantGround}. */
const validRows = {
  users: { email: `'fresh@table.example'`, name: `'Fresh'`, password_hash: `'none'` },
  idempotency_keys: {
    actor: `'${'a'.repeat(8)}'`,
    key: `'fresh'`,
    request_hash: `'hash'`,
    created_at: 'now()',
  },
  job_schedules: { name: `'fresh'`, due_at: 'now()' },
  projects: { name: `'Fresh'`, created_by: '$owner' },
  audit_log: {
    project_id: '$project',
    action: `'project.create'`,
    entity: `'project'`,
    entity_id: '$project',
    at: 'now()',
  },
  document_versions: {
    project_id: '$project',
    owner_id: '$owner',
    created_by: '$owner',
    document_type: `'architecture'`,
    version: '2',
    content: `'Text'`,
  },
  agent_executions: {
    project_id: '$project',
    owner_id: '$owner',
    agent_type: `'qa_expert'`,
    correlation_id: 'uuidv7()',
    started_at: 'now()',
  },
  execution_days: {
    project_id: '$project',
    owner_id: '$owner',
    day: `'2020-01-01'`,
    agent_type: `'qa_expert'`,
    status: `'pending'`,
    share: '0',
    executions: '0',
    duration_ms: '0',
    tokens_in: '0',
    tokens_out: '0',
    cost: '0',
  },
  exports: {
    project_id: '$project',
    owner_id: '$owner',
    created_by: '$owner',
    expires_at: `now() + interval '24 hours'`,
  },
  backups: { kind: `'full'`, started_at: 'now()' },
} as const satisfies Readonly<Record<string, Values>>

export type Table = keyof typeof validRows

export const tables = Object.keys(validRows) as readonly Table[]

/** Ids of rows that others hang on. */
export interface Ground {
  readonly owner: string
  readonly project: string
  readonly execution: string
  readonly backup: string
}

/** Puts an owner with a project, its first version, an execution, a retry of it and a backup. */
export async function plantGround(sql: Sql, mark: string): Promise<Ground> {
  const owner = await sql.value<string>(
    `insert into users (email, name, password_hash) values ($1, 'Ground', 'none') returning id`,
    [`${mark}@ground.example`],
  )
  const project = await sql.value<string>(
    `insert into projects (name, created_by) values ('Ground', $1) returning id`,
    [owner],
  )
  await sql.run(
    `insert into document_versions
       (project_id, owner_id, created_by, document_type, version, content)
     values ($1, $2, $2, 'architecture', 1, 'Text')`,
    [project, owner],
  )
  const execution = await sql.value<string>(
    `insert into agent_executions (project_id, owner_id, agent_type, correlation_id, started_at)
     values ($1, $2, 'qa_expert', uuidv7(), now()) returning id`,
    [project, owner],
  )
  await sql.run(
    `insert into agent_executions
       (project_id, owner_id, agent_type, correlation_id, started_at, retry_of)
     values ($1, $2, 'qa_expert', uuidv7(), now(), $3)`,
    [project, owner, execution],
  )
  const backup = await sql.value<string>(
    `insert into backups (kind, started_at) values ('full', now()) returning id`,
  )
  return { owner, project, execution, backup }
}

/** The statement that adds a valid row to a table, but for the values given; `$owner` is an id. */
export function insertOf(ground: Ground, table: Table, values: Values = {}): string {
  const row: Values = { ...validRows[table], ...values }
  const filled = Object.values(row).map((value) =>
    value.replaceAll(/\$(\w+)/g, (_whole, name: string) => `'${ground[name as keyof Ground]}'`),
  )
  return `insert into ${table} (${Object.keys(row).join(', ')}) values (${filled.join(', ')})`
}
