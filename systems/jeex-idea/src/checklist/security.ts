import { generatePassword } from 'service-kit'
import { countProjects } from '../store/checklist.ts'
import { formOf } from './api.ts'
import { area } from './item.ts'
import { must, walk, type Step } from './step.ts'

const injection = `'; drop table projects; --`

export const securityItems = area('Security measures', {
  'Project data isolation enforced': async ({ owner, stranger, newProject }) => {
    const path = await newProject()
    const body = { document_type: 'architecture', content: 'A secret' }
    const [made] = await walk(owner, [[201, 'POST', `${path}/documents`, { body }]])
    const document = `${path}/documents/${(made.body as { id: string }).id}`
    const headers = { 'if-match': '*' }
    const doors: Step[] = [
      [404, 'GET', path],
      [404, 'PUT', path, { headers, body: { name: 'Mine' } }],
      [404, 'DELETE', path, { headers }],
      [404, 'GET', document],
      [404, 'DELETE', document, { headers }],
      [404, 'GET', `${path}/documents`],
      [404, 'POST', `${path}/documents`, { body }],
      [404, 'GET', `${path}/agents/executions`],
      [404, 'GET', `${path}/agents/metrics`],
      [404, 'POST', `${path}/exports`],
    ]
    await walk(stranger, doors)
    const [list] = await walk(stranger, [[200, 'GET', '/projects']])
    const { total } = list.body as { total: number }
    must(total === 0, `a stranger's list has ${total} projects`)
    return `${doors.length} doors are closed to a stranger, and his list is empty`
  },
  'Input validation implemented': async ({ owner }) => {
    const wrong: Step[] = [
      [422, 'GET', '/projects?page=0'],
      [422, 'GET', '/projects?per_page=1000'],
      [422, 'GET', '/projects?status=lost'],
      [422, 'GET', '/projects?unknown=1'],
      [422, 'GET', '/projects/not-an-id'],
    ]
    return formOf(await walk(owner, wrong))
  },
  'SQL injection prevention': async ({ owner, database, newProject }) => {
    const path = await newProject()
    const count = async (): Promise<number> => (await countProjects(database))[0]?.count ?? -1
    const before = await count()
    const headers = { 'if-match': '*' }
    const [changed] = await walk(owner, [
      [200, 'PUT', path, { headers, body: { name: injection } }],
      [422, 'GET', `/projects?status=${encodeURIComponent(injection)}`],
      [422, 'GET', `/projects?cursor=${encodeURIComponent(injection)}`],
      [422, 'GET', `/projects/${encodeURIComponent(injection)}`],
    ])
    must((changed.body as { name: string }).name === injection, 'SQL in a name is not kept as text')
    must((await count()) >= before, 'projects are gone')
    return 'SQL in a name is text, in a parameter it is refused'
  },
  'Authentication integration ready': async ({ anyone, credentials }) => {
    const wrong = { ...credentials, password: generatePassword() }
    const forged = { headers: { authorization: 'Bearer a.b.c' } }
    await walk(anyone, [
      [200, 'POST', '/auth/sign-in', { body: credentials }],
      [401, 'POST', '/auth/sign-in', { body: wrong }],
      [401, 'GET', '/users/me'],
      [401, 'GET', '/users/me', forged],
    ])
    return 'a password signs in; a wrong one, a forged token and none do not'
  },
})
