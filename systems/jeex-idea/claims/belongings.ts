import { eventually, type HttpClient, type Sql, type Things } from 'etalon'
import { addDocument } from './document.ts'
import { addExecution } from './execution.ts'
import { openProject } from './project.ts'

const exportMadeWithinMs = 10_000

/** One of everything that somebody can own, with `text` wherever a text can stand. */
export async function makeBelongings(owner: HttpClient, text: string): Promise<Things> {
  const data = { noted: text }
  const project = await openProject(owner, { name: text, meta_data: data })
  await openProject(owner, { name: `${text}, the next` })
  const document = await addDocument(owner, project.id, {
    content: text,
    meta_data: data,
  }).expect(201)
  const execution = await addExecution(owner, project.id, { input_data: data }).expect(201)
  const ended = await addExecution(owner, project.id, { input_data: data }).expect(201)
  await owner.post(`/agents/executions/${ended.body.id}/cancel`, {}).expect(200)
  const page = await owner
    .get<{ next_cursor: string }>('/projects', { query: { per_page: 1 } })
    .expect(200)
  return {
    project: project.id,
    document: document.body.id,
    execution: execution.body.id,
    ended: ended.body.id,
    export: await makeExport(owner, project.id),
    cursor: page.body.next_cursor,
  }
}

async function makeExport(owner: HttpClient, projectId: string): Promise<string> {
  const asked = await owner.post<{ id: string }>(`/projects/${projectId}/exports`, {}).expect(202)
  const { id } = asked.body
  const isMade = async (): Promise<boolean> => {
    const { body } = await owner.get<{ status: string }>(`/exports/${id}`).expect(200)
    return body.status === 'completed'
  }
  if (!(await eventually(isMade, exportMadeWithinMs))) throw new Error('the export was not made')
  return id
}

/** All rows of one project and its owner's account, in one word. */
export function fingerprintOf(sql: Sql, { project }: Things): Promise<string> {
  const below = ['document_versions', 'agent_executions', 'execution_days', 'exports', 'audit_log']
  const rows = [
    'select p::text as row from projects p where id = $1',
    'select u::text from users u where id = (select created_by from projects where id = $1)',
    ...below.map((table) => `select t::text from ${table} t where project_id = $1`),
  ].join(' union all ')
  return sql.value(`select md5(string_agg(row, '|' order by row)) from (${rows}) all_rows`, [
    project,
  ])
}
