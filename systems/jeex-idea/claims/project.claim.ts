import { claim } from 'etalon'

interface Project {
  readonly id: string
  readonly created_by: string
  readonly status: string
  readonly current_step: number
  readonly language: string
}

claim('JEEX-API-01', async ({ system, prove }) => {
  const owner = await system.actor('owner')
  const { body } = await owner.post<Project>('/projects', { name: 'An idea' }).expect(201)
  const { id: _id, created_by, status, current_step, language } = body
  prove('whose project it is', created_by).equals(String(owner.facts['id']))
  prove('how a project begins', { status, current_step, language }).equals({
    status: 'draft',
    current_step: 1,
    language: 'en',
  })
  const read = await owner.get<Project>(`/projects/${body.id}`).expect(200)
  prove('what its owner reads', read.body).equals(body)
})
