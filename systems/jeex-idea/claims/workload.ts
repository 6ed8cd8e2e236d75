import type { Actor, LoadRequest, Sql, SystemHandle } from 'etalon'

/** What each user has before the load: the newest of his projects holds everything. */
const projects = 25
const versions = 5
const executions = 100

/** Somebody at work, and what he looks at. */
export interface Worker {
  /** What his requests carry. */
  readonly headers: Actor['headers']
  readonly projectId: string
  readonly documentId: string
}

/** The requests of a working day, by the names under which they are measured. */
export const reads = {
  projects: 'project list',
  documents: 'document list',
  executions: 'execution list',
  document: 'one document',
  metrics: 'metrics',
} as const
const writes = { execution: 'new execution' } as const

/**
 * Signs in so many users. Each has 25 projects; one of them holds 5 versions of each of the four
 * documents and 100 executions that have ended.
 */
export async function hireWorkers(system: SystemHandle, count: number): Promise<Worker[]> {
  const workers = await Promise.all(
    Array.from({ length: count }, async (_none, number): Promise<Worker> => {
      const worker = await system.actor(`worker-${number}`)
      const desk = await fillDesk(system.sql, String(worker.facts['id']))
      return { headers: worker.headers, ...desk }
    }),
  )
  await system.sql.run('analyze')
  return workers
}

/**
 * What workers ask for: of seven requests six read (two of them the list of executions, by page and
 * by agent) and one records an execution.
 */
export function requestsOf(workers: readonly Worker[]): LoadRequest[] {
  return workers.flatMap(({ headers, projectId, documentId }) => {
    const project = `/projects/${projectId}`
    const read = (name: string, path: string): LoadRequest => ({ name, path, headers })
    return [
      read(reads.projects, '/projects'),
      read(reads.documents, `${project}/documents`),
      read(reads.executions, `${project}/agents/executions`),
      read(reads.document, `${project}/documents/${documentId}`),
      read(reads.metrics, `${project}/agents/metrics`),
      read(reads.executions, `${project}/agents/executions?agent_type=qa_expert`),
      {
        name: writes.execution,
        method: 'POST',
        path: `${project}/agents/executions`,
        headers,
        json: { agent_type: 'qa_expert', input_data: { question: 'Does it hold?' } },
      },
    ]
  })
}

/** Puts what somebody has into the database: see {@link hireWorkers}. */
export async function fillDesk(
  sql: Sql,
  owner: string,
): Promise<{ readonly projectId: string; readonly documentId: string }> {
  const projectId = await sql.value<string>(
    `with made as (
       insert into projects (name, created_by, status)
       select 'Idea ' || n, $1, 'in_progress' from generate_series(1, $2::integer) n returning id
     ) select max(id::text) from made`,
    [owner, projects],
  )
  const documentId = await sql.value<string>(
    `with made as (
       insert into document_versions
         (project_id, owner_id, created_by, document_type, version, content)
       select $1, $2, $2, type, version, repeat('What this idea is about. ', 80)
       from unnest('{idea_description,engineering_specs,architecture,implementation_plan}'::text[])
         type, generate_series(1, $3::integer) version
       returning id
     ) select max(id::text) from made`,
    [projectId, owner, versions],
  )
  await sql.run(
    `insert into agent_executions
       (project_id, owner_id, agent_type, correlation_id, input_data, output_data, status,
        started_at, completed_at, duration_ms, tokens_in, tokens_out, cost)
     select $1, $2, case n % 3 when 0 then 'qa_expert' else 'business_analyst' end, uuidv7(),
       '{"question": "Does it hold?"}', '{"answer": "It does."}', 'completed',
       now() - n * interval '1 minute', now() - n * interval '1 minute', 900, 800, 200, 0.01
     from generate_series(1, $3::integer) n`,
    [projectId, owner, executions],
  )
  return { projectId, documentId }
}
