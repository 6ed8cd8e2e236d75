import type { Actor, HttpResponse, Random } from 'etalon'
import { addDocument, documentTypes } from './document.ts'
import { addExecution, agentTypes, executionStates, report } from './execution.ts'

/** What one person of a claim has made so far. */
export interface Made {
  readonly projects: Thing[]
  readonly documents: Thing[]
  readonly executions: Thing[]
}

interface Thing {
  readonly id: string
  readonly project_id: string
}

const latest = { headers: { 'if-match': '*' } }

type Deed = (owner: Actor, random: Random, made: Made, foreign: Made) => PromiseLike<HttpResponse>

/** What a person may do once there is something to do it to. */
const deeds: readonly Deed[] = [
  (owner, random, { projects }) => {
    const change = { current_step: random.integer(1, 4) }
    return owner.put(`/projects/${random.pick(projects).id}`, change, latest)
  },
  async (owner, random, { projects, documents }) => {
    const body = { document_type: random.pick(documentTypes), content: random.text(20) }
    const answer = await addDocument(owner, random.pick(projects).id, body)
    if (answer.status === 201) documents.push(answer.body)
    return answer
  },
  (owner, random, { documents, projects }) => {
    const { id, project_id } = random.pick([...documents, ...projects.slice(-1)])
    const change = random.pick([{ grammar_score: 50 }, { content: random.text(20) }])
    return owner.put(`/projects/${project_id}/documents/${id}`, change, latest)
  },
  (owner, random, { documents, projects }) => {
    const { id, project_id } = random.pick([...documents, ...projects.slice(-1)])
    return owner.delete(`/projects/${project_id}/documents/${id}`)
  },
  async (owner, random, { projects, documents, executions }, foreign) => {
    // A parent of the same project, of another one, of another person, or what is no execution.
    const strange = [...foreign.executions.slice(-1), ...documents.slice(-1)]
    const parent = random.pick([...executions.slice(-6), ...strange, undefined, undefined])
    const isNear = parent !== undefined && random.fraction() < 0.7
    const project = isNear ? parent.project_id : random.pick(projects).id
    const body = { agent_type: random.pick(agentTypes), parent_execution_id: parent?.id }
    const answer = await addExecution(owner, project, body)
    if (answer.status === 201) executions.push(answer.body)
    return answer
  },
  (owner, random, { executions, projects }) => {
    const execution = random.pick([...executions, ...projects.slice(-1)])
    return report(owner, execution, { status: random.pick(executionStates), tokens_in: 1 })
  },
  (owner, random, { executions, projects }) => {
    const { id } = random.pick([...executions, ...projects.slice(-1)])
    return owner.post(`/agents/executions/${id}/${random.pick(['cancel', 'retry'])}`)
  },
  (owner, random, { projects, executions }, foreign) => {
    const parents = [...executions.slice(-5), ...foreign.executions.slice(-1), undefined]
    const items = parents.map((parent) => ({
      agent_type: random.pick(agentTypes),
      parent_execution_id: parent?.id,
    }))
    const path = `/projects/${random.pick(projects).id}/agents/executions/batch`
    return owner.post(path, { executions: items })
  },
  (owner, random, { projects }) => owner.post(`/projects/${random.pick(projects).id}/exports`),
]

/**
 * Does one drawn thing: now and then a project begins or ends, most of the time work goes on, and
 * one in ten times it is done to what is another's.
 */
export async function randomDeed(
  owner: Actor,
  random: Random,
  made: Made,
  foreign: Made,
): Promise<HttpResponse> {
  const draw = random.fraction()
  if (draw < 0.05 || made.projects.length === 0) {
    const answer = await owner.post<{ id: string }>('/projects', { name: random.text(8) })
    const { id } = answer.body
    made.projects.push({ id, project_id: id })
    return answer
  }
  if (draw < 0.06) return owner.delete(`/projects/${random.pick(made.projects).id}`)
  const isForeign = draw < 0.16 && foreign.projects.length > 0
  return random.pick(deeds)(owner, random, isForeign ? foreign : made, foreign)
}
