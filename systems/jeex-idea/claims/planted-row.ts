import type { Random, Sql } from 'etalon'

/** Rows of each table in the order in which they may be made; `$1` is a mark that is never twice. */
const plantings: readonly (readonly [table: string, statement: string])[] = [
  [
    'users',
    `insert into users (email, name, password_hash, profile_data)
     select $1 || n || '@planted.example', 'Planted ' || n, 'none', jsonb_build_object('n', n)
     from generate_series(1, 5) n`,
  ],
  [
    'idempotency_keys',
    `insert into idempotency_keys (actor, key, request_hash, response, created_at)
     select id, $1, 'hash', '{"a": 1}', now() from users where email like $1 || '%'`,
  ],
  [
    'job_schedules',
    `insert into job_schedules (name, due_at) values ('planted-' || $1, '2031-01-01T00:00:00Z')`,
  ],
  [
    'projects',
    `insert into projects (name, created_by, meta_data, deleted_at)
     select 'Of ' || u.name, u.id, '{"kept": true}', case n when 2 then now() end
     from users u, generate_series(1, 2) n where u.email like $1 || '%'`,
  ],
  [
    'audit_log',
    `insert into audit_log (project_id, owner_id, actor, action, entity, entity_id, at, after)
     select p.id, u.id, u.id, 'project.create', 'project', p.id, now(), to_jsonb(p)
     from projects p join users u on u.id = p.created_by where u.email like $1 || '%'`,
  ],
  [
    'document_versions',
    `insert into document_versions
       (project_id, owner_id, created_by, document_type, version, content, readability_score)
     select p.id, u.id, u.id, 'architecture', n, 'Text ' || n, 12.5
     from projects p join users u on u.id = p.created_by, generate_series(1, 2) n
     where u.email like $1 || '%'`,
  ],
  [
    'agent_executions',
    `insert into agent_executions (project_id, owner_id, agent_type, correlation_id, status,
       input_data, started_at, completed_at, duration_ms, tokens_in, cost)
     select p.id, u.id, 'qa_expert', uuidv7(), state, '{"q": 1}', now(), now(), 20, 7, 0.25
     from projects p join users u on u.id = p.created_by,
       unnest('{completed,cancelled}'::text[]) state
     where u.email like $1 || '%'`,
  ],
  [
    'exports',
    `insert into exports (project_id, owner_id, created_by, expires_at)
     select p.id, u.id, u.id, now() + interval '1 day'
     from projects p join users u on u.id = p.created_by where u.email like $1 || '%'`,
  ],
  [
    'backups',
    `insert into backups (kind, status, started_at, error_message)
     values ('full', 'failed', now(), 'planted ' || $1)`,
  ],
]

/** Puts rows into every table that the schema has by now, whichever version it is. */
export async function plantRows(sql: Sql, random: Random): Promise<void> {
  const mark = random.text(12)
  for (const [table, statement] of plantings) {
    const found = await sql.value<string | null>('select to_regclass($1)', [table])
    if (found !== null) await sql.run(statement, [mark])
  }
}
