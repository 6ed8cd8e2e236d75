import type { Answer, Caller } from './caller.ts'
import { area } from './item.ts'
import { must, walk, type Step } from './step.ts'

const anyVersion = { 'if-match': '*' }
const nobody = '00000000-0000-7000-8000-000000000000'

/** The doors that the report of the service lists. */
const doors = [
  'post /projects',
  'get /projects',
  'get /projects/{id}',
  'put /projects/{id}',
  'delete /projects/{id}',
  'post /projects/{id}/documents',
  'get /projects/{id}/documents',
  'get /projects/{id}/documents/latest',
  'get /projects/{id}/documents/{document_id}',
  'put /projects/{id}/documents/{document_id}',
  'delete /projects/{id}/documents/{document_id}',
  'post /projects/{id}/agents/executions',
  'get /projects/{id}/agents/executions',
  'get /projects/{id}/agents/executions/{execution_id}',
  'put /projects/{id}/agents/executions/{execution_id}',
  'get /projects/{id}/agents/metrics',
]

export const apiItems = area('API endpoints', {
  'All CRUD endpoints implemented and functional': async ({ owner, newProject }) => {
    const path = await newProject()
    const id = await make(owner, `${path}/documents`, {
      document_type: 'architecture',
      content: 'A text',
    })
    const execution = await make(owner, `${path}/agents/executions`, { agent_type: 'qa_expert' })
    const document = `${path}/documents/${id}`
    const run = `${path}/agents/executions/${execution}`
    const change = { headers: anyVersion, body: { meta_data: { checked: true } } }
    const steps: Step[] = [
      [200, 'GET', '/projects'],
      [200, 'GET', path],
      [200, 'PUT', path, { headers: anyVersion, body: { name: 'Checked' } }],
      [200, 'GET', `${path}/documents`],
      [200, 'GET', `${path}/documents/latest?document_type=architecture`],
      [200, 'GET', document],
      [200, 'PUT', document, change],
      [200, 'GET', `${path}/agents/executions`],
      [200, 'GET', run],
      [200, 'PUT', run, { body: { status: 'running' } }],
      [200, 'GET', `${path}/agents/metrics`],
      [204, 'DELETE', document, { headers: anyVersion }],
      [404, 'GET', document],
      [204, 'DELETE', path, { headers: anyVersion }],
      [404, 'GET', path],
    ]
    const answers = await walk(owner, steps)
    must(nameIn(answers[2]) === 'Checked', 'a change of a name is not in its answer')
    return `${steps.length + 3} requests answered as they have to be`
  },
  'Proper error handling and status codes': async ({ owner, anyone, newProject }) => {
    const path = await newProject()
    const stale = { headers: { 'if-match': '"99"' }, body: { name: 'Late' } }
    const run = await make(owner, `${path}/agents/executions`, { agent_type: 'qa_expert' })
    const early = { body: { status: 'completed' } }
    const refused = await walk(owner, [
      [403, 'GET', '/database/health'],
      [404, 'GET', `/projects/${nobody}`],
      [409, 'PUT', `${path}/agents/executions/${run}`, early],
      [412, 'PUT', path, stale],
      [422, 'POST', '/projects', { body: {} }],
    ])
    const unknown = await walk(anyone, [[401, 'GET', '/projects']])
    return formOf([...refused, ...unknown])
  },
  'Input validation and sanitization': async ({ owner, newProject }) => {
    const path = await newProject()
    const documents = `${path}/documents`
    const named = (name: unknown): Step => [422, 'POST', '/projects', { body: { name } }]
    const wrong: Step[] = [
      named(''),
      named('   '),
      named('x'.repeat(256)),
      named('a\u0000b'),
      named(7),
      [422, 'POST', '/projects', { body: { name: 'A', owner: 'B' } }],
      [422, 'POST', '/projects', { body: { name: 'A', current_step: 5 } }],
      [422, 'POST', documents, { body: { document_type: 'novel', content: 'A' } }],
      [422, 'POST', documents, { body: { document_type: 'architecture', content: '' } }],
    ]
    await walk(owner, wrong)
    const markup = '<script>alert(1)</script>'
    const change = { headers: anyVersion, body: { name: markup } }
    const [, read] = await walk(owner, [
      [200, 'PUT', path, change],
      [200, 'GET', path],
    ])
    must(nameIn(read) === markup, 'a text comes back changed')
    must(read.headers.get('x-content-type-options') === 'nosniff', 'answers may be sniffed')
    return `${wrong.length} wrong shapes refused; markup stays text`
  },
  'OpenAPI documentation complete': async ({ anyone }) => {
    const [answer] = await walk(anyone, [[200, 'GET', '/openapi.json']])
    const { paths } = answer.body as { paths: Record<string, Record<string, unknown>> }
    const described = Object.entries(paths).flatMap(([path, own]) =>
      Object.keys(own).map((method) => `${method} ${path.replace(/\/$/, '')}`),
    )
    const missing = doors.filter((door) => !described.includes(door))
    must(missing.length === 0, `not described: ${missing.join(', ')}`)
    return `${described.length} operations, all ${doors.length} of the report among them`
  },
})

async function make(caller: Caller, path: string, body: unknown): Promise<string> {
  const [answer] = await walk(caller, [[201, 'POST', path, { body }]])
  return (answer.body as { id: string }).id
}

function nameIn(answer: Answer | undefined): unknown {
  return (answer?.body as { name?: unknown } | undefined)?.name
}

/** Rejects unless every refusal has the form of errors. */
export function formOf(refused: readonly Answer[]): string {
  const formless = refused.filter(({ body }) => {
    const { error } = (body ?? {}) as { error?: Record<string, unknown> }
    return !['code', 'message', 'correlation_id'].every((name) => typeof error?.[name] === 'string')
  })
  const statuses = refused.map(({ status }) => status).join(', ')
  must(formless.length === 0, `${formless.length} of ${refused.length} errors have another form`)
  return `${statuses}, each in the form of errors`
}
