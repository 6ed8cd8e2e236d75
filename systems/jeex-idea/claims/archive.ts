import type { Sql } from 'etalon'

/** How much an archive holds. */
export interface ArchiveSize {
  readonly projects: number
  readonly documentsEach: number
  readonly executionsEach: number
}

/** Puts projects of one owner with all that is in them into the database; gives how many rows. */
export async function plantArchive(
  sql: Sql,
  ownerId: string,
  { projects, documentsEach, executionsEach }: ArchiveSize,
): Promise<number> {
  await sql.run(
    `insert into projects (name, created_by, meta_data)
     select 'Archive ' || n, $1, jsonb_build_object('shelf', n, 'ratio', n / 7.0)
     from generate_series(1, ${projects}) n`,
    [ownerId],
  )
  await sql.run(
    `insert into document_versions
       (project_id, owner_id, created_by, document_type, version, content, readability_score)
     select p.id, $1, $1, 'architecture', n,
       repeat(md5(p.id::text || n) || E' äß\\t"\\\\\\n', 20), n % 101
     from projects p, generate_series(1, ${documentsEach}) n where p.created_by = $1`,
    [ownerId],
  )
  await sql.run(
    `insert into agent_executions
       (project_id, owner_id, agent_type, correlation_id, input_data, status, started_at,
        completed_at, duration_ms, tokens_in, tokens_out, cost)
     select p.id, $1, 'qa_expert', gen_random_uuid(), jsonb_build_object('n', n), 'completed',
       now() - interval '1 hour', now(), n, n, 2 * n, n / 1000.0
     from projects p, generate_series(1, ${executionsEach}) n where p.created_by = $1`,
    [ownerId],
  )
  return projects * (1 + documentsEach + executionsEach)
}
