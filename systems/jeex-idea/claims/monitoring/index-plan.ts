import { claim, heldStatement, type ClaimContext, type Sql } from 'etalon'
import { crowdProject, type CrowdedProject } from '../crowded-project.ts'

/** A request, the table that its query reads, the values of the query, and the indexes for it. */
interface IndexedRequest {
  readonly path: string
  readonly table: string
  readonly values: readonly unknown[]
  readonly indexes: readonly string[]
}

claim('JEEX-REQ-008', { timeoutMs: 60_000 }, async (context) => {
  const { system, sql, prove } = context
  const owner = await system.actor('owner:indexed')
  const id = String(owner.facts['id'])
  const project = await crowdProject(sql, id, 20_000)
  const { documentId, executionId, exportId } = await fillTables(sql, id, project)
  const ids = { ...project, owner: id, documentId, executionId, exportId }
  for (const request of requestsFor(ids)) {
    const { path, table } = request
    // The worker asks for waiting exports by a function, and is not meant.
    const sought = new RegExp(String.raw`\bfrom ${table}\b`)
    const text = await heldStatement(sql, { table, sought }, () => owner.get(path).expect(200))
    const { indexes, sequentialScans } = await planAs(context, id, text, request.values)
    const read = { indexes, sequentialScans }
    const name = path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    prove(`how ${table} is read for ${name}`, read, { witness: text }).equals({
      indexes: request.indexes,
      sequentialScans: [],
    })
  }
})

interface Ids extends CrowdedProject {
  readonly owner: string
  readonly documentId: string
  readonly executionId: string
  readonly exportId: string
}

function requestsFor(ids: Ids): readonly IndexedRequest[] {
  const { owner, projectId, correlationId, documentId, executionId, exportId } = ids
  const project = `/projects/${projectId}`
  const executions = `${project}/agents/executions`
  const page = [21, 0]
  const since = '2000-01-01'
  const inProject = [projectId, owner]
  return [
    ['/projects', 'projects', [owner, ...page], 'projects_owner_created_idx'],
    ['/projects?status=draft', 'projects', [owner, 'draft', ...page], 'projects_owner_status_idx'],
    [project, 'projects', inProject, 'projects_owner_key'],
    [`${project}/documents`, documents, [...inProject, ...page], 'document_versions_version_idx'],
    [
      `${project}/documents?document_type=architecture`,
      documents,
      [...inProject, 'architecture', ...page],
      'document_versions_type_idx',
    ],
    [
      `${project}/documents/latest?document_type=architecture`,
      documents,
      [...inProject, 'architecture'],
      'document_versions_type_idx',
    ],
    [
      `${project}/documents/${documentId}`,
      documents,
      [...inProject, documentId],
      'document_versions_pkey',
    ],
    [executions, agents, [...inProject, ...page], 'agent_executions_created_idx'],
    [
      `${executions}?status=failed`,
      agents,
      [...inProject, 'failed', ...page],
      'agent_executions_status_created_idx',
    ],
    [
      `${executions}?agent_type=qa_expert`,
      agents,
      [...inProject, 'qa_expert', ...page],
      'agent_executions_type_created_idx',
    ],
    [
      `${executions}?correlation_id=${correlationId}`,
      agents,
      [...inProject, correlationId, ...page],
      'agent_executions_correlation_idx',
    ],
    [
      `${executions}/${executionId}`,
      agents,
      [...inProject, executionId],
      'agent_executions_in_project_key',
    ],
    [`${project}/agents/metrics`, 'execution_days', [...inProject, since], 'execution_days_pkey'],
    [`${project}/exports`, 'exports', [...inProject, ...page], 'exports_project_idx'],
    [`/exports/${exportId}`, 'exports', [exportId, owner], 'exports_pkey', 'projects_owner_key'],
  ].map((row) => {
    const [path, table, values, ...indexes] = row as [string, string, unknown[], ...string[]]
    return { path, table, values, indexes }
  })
}

const documents = 'document_versions'
const agents = 'agent_executions'

/** The plan of a query for the service's role, in somebody's name. */
function planAs(
  { system }: ClaimContext,
  user: string,
  text: string,
  values: readonly unknown[],
): ReturnType<Sql['plan']> {
  return system.sqlAs('app').session(async (one) => {
    await one.rows("select set_config('jeex.user_id', $1, false)", [user])
    return one.plan(text, values)
  })
}

/** Puts rows of others and of the project beside it into every other table. */
async function fillTables(
  sql: Sql,
  owner: string,
  { projectId }: CrowdedProject,
): Promise<Pick<Ids, 'documentId' | 'executionId' | 'exportId'>> {
  await sql.session(async (one) => {
    await one.run(`set session_replication_role = 'replica'`)
    await one.run(
      `insert into projects (name, created_by, status)
       select 'Idea', case when n % 100 = 0 then $1 else md5((n % 300)::text)::uuid end,
         case when n % 200 = 0 then 'draft' else 'archived' end
       from generate_series(1, 20000) n`,
      [owner],
    )
    await one.run(
      `insert into document_versions
         (project_id, owner_id, created_by, document_type, version, content)
       select case when n % 50 = 0 then $1 else md5((n % 200)::text)::uuid end, $2, $2,
         case when n % 100 = 0 then 'architecture' else 'idea_description' end, n, 'Text'
       from generate_series(1, 20000) n`,
      [projectId, owner],
    )
    await one.run(
      `insert into exports (project_id, owner_id, created_by, status, expires_at)
       select case when n % 50 = 0 then $1 else md5((n % 200)::text)::uuid end, $2, $2, 'expired',
         now() from generate_series(1, 10000) n`,
      [projectId, owner],
    )
    await one.run(
      `insert into execution_days
       select md5((n / 30)::text)::uuid, $1, current_date - n % 30, 'qa_expert', 'completed', 0,
         1, 1, 1, 1, 1 from generate_series(1, 20000) n`,
      [owner],
    )
    await one.run(`set session_replication_role = 'origin'`)
  })
  await sql.run('vacuum analyze')
  return sql.one(
    `select (select id from document_versions where project_id = $1 limit 1) as "documentId",
       (select id from agent_executions where project_id = $1 limit 1) as "executionId",
       (select id from exports where project_id = $1 limit 1) as "exportId"`,
    [projectId],
  )
}
