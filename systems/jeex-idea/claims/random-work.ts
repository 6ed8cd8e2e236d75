import type { Actor, HttpResponse, Random } from 'etalon'
import type { Document } from './document.ts'
import { Model, type KnownDocument, type KnownProject } from './model.ts'
import { idOf, type Project } from './project.ts'
import { told } from './refusal.ts'

/** Random deeds of several people, each compared with what a model foretells. */
export interface Work {
  readonly model: Model
  readonly wrong: readonly unknown[]
  /** The deeds with their answers, each kind once. */
  readonly done: ReadonlySet<string>
  step(): Promise<void>
}

interface Deed {
  readonly name: string
  readonly expected: string
  readonly answer: PromiseLike<HttpResponse>
  /** What becomes of the model when the answer is the expected one. */
  readonly apply?: (body: never) => void
}

const shape = '422 JEEX_VALIDATION_FAILED'
const noProject = '404 JEEX_PROJECT_UNKNOWN'
const noDocument = '404 JEEX_DOCUMENT_UNKNOWN'
const stale = '412 JEEX_VERSION_STALE'
const matching = (version: number) => ({ headers: { 'if-match': `"${version}"` } })

/** Opens the work of some people who each have projects of their own, and try those of others. */
export function workFor(people: readonly Actor[], random: Random): Work {
  const model = new Model()
  const wrong: unknown[] = []
  const done = new Set<string>()
  const deeds = [create, create, rename, rename, remove, add, add, add, score, rewrite, erase, look]

  return {
    model,
    wrong,
    done,
    async step() {
      const person = random.pick(people)
      const { name, expected, answer, apply } = random.pick(deeds)({ model, random, person })
      const response = await answer
      const found = told(response)
      done.add(`${name}: ${found}`)
      if (found !== expected) wrong.push({ name, expected, found })
      else apply?.(response.body as never)
    },
  }
}

interface Scene {
  readonly model: Model
  readonly random: Random
  readonly person: Actor
}

function create({ model, random, person }: Scene): Deed {
  const isWrong = random.integer(0, 4) === 0
  const name = isWrong ? '' : random.text(8)
  const owner = idOf(person)
  return {
    name: 'create',
    expected: isWrong ? shape : '201',
    answer: person.post('/projects', { name }),
    apply: ({ id }: Project) => {
      if (isWrong) return
      model.projects.push({ id, owner, name, version: 1, gone: false })
      model.log.push(`project.create ${id} by ${owner}`)
    },
  }
}

function rename(scene: Scene): Deed {
  const { model, random, person } = scene
  const project = anyProject(scene)
  if (project === undefined) return create(scene)
  const [name, version] = [random.text(8), random.pick([project.version, random.integer(1, 4)])]
  const isStale = version !== project.version
  const visible = model.visible(idOf(person), project)
  return {
    name: 'rename',
    expected: visible ? (isStale ? stale : '200') : noProject,
    answer: person.put(`/projects/${project.id}`, { name }, matching(version)),
    apply: () => {
      if (!visible || isStale) return
      Object.assign(project, { name, version: version + 1 })
      model.log.push(`project.change ${project.id} by ${project.owner}`)
    },
  }
}

function remove(scene: Scene): Deed {
  const { model, random, person } = scene
  const project = anyProject(scene)
  if (project === undefined || random.integer(0, 2) > 0) return look(scene)
  const visible = model.visible(idOf(person), project)
  return {
    name: 'remove',
    expected: visible ? '204' : noProject,
    answer: person.delete(`/projects/${project.id}`),
    apply: () => {
      if (!visible) return
      Object.assign(project, { gone: true, version: project.version + 1 })
      model.log.push(`project.delete ${project.id} by ${project.owner}`)
    },
  }
}

function add(scene: Scene): Deed {
  const { model, random, person } = scene
  const project = anyProject(scene)
  if (project === undefined) return create(scene)
  const content = random.integer(0, 5) === 0 ? ' ' : random.text(9)
  const isWrong = content === ' '
  const visible = model.visible(idOf(person), project)
  const body = { document_type: 'architecture', content }
  return {
    name: 'add',
    expected: isWrong ? shape : visible ? '201' : noProject,
    answer: person.post(`/projects/${project.id}/documents`, body),
    apply: (made: Document) => {
      if (visible && !isWrong) keep(model, project, { id: made.id, content }, 'document.create')
    },
  }
}

function score(scene: Scene): Deed {
  const { model, random } = scene
  return onDocument(scene, 'score', (document) => {
    const grammar_score = random.integer(0, 100)
    return {
      change: { grammar_score },
      apply: () => {
        Object.assign(document, { score: grammar_score, rowVersion: document.rowVersion + 1 })
        model.log.push(`document.change ${document.id} by ${ownerOf(model, document)}`)
      },
    }
  })
}

function rewrite(scene: Scene): Deed {
  const { model, random } = scene
  return onDocument(scene, 'rewrite', (document, project) => {
    const content = random.text(9)
    const latest = model.versionsIn(project).findLast((each) => !each.gone)
    return {
      change: { content },
      isLate: latest !== document,
      apply: (made: Document) => {
        keep(model, project, { id: made.id, content, score: document.score }, 'document.change')
      },
    }
  })
}

function erase(scene: Scene): Deed {
  const { model } = scene
  return onDocument(scene, 'erase', (document) => ({
    apply: () => {
      Object.assign(document, { gone: true })
      model.log.push(`document.delete ${document.id} by ${ownerOf(model, document)}`)
      document.rowVersion += 1
    },
  }))
}

function look(scene: Scene): Deed {
  const { model, person } = scene
  const project = anyProject(scene)
  if (project === undefined) return create(scene)
  return {
    name: 'look',
    expected: model.visible(idOf(person), project) ? '200' : noProject,
    answer: person.get(`/projects/${project.id}`),
  }
}

interface DocumentDeed {
  /** Nothing for a deletion. */
  readonly change?: object
  /** Whether what is changed is no longer the latest version. */
  readonly isLate?: boolean
  readonly apply: (body: never) => void
}

/** A deed on any document, with an ETag that is right or not. */
function onDocument(
  scene: Scene,
  name: string,
  plan: (document: KnownDocument, project: KnownProject) => DocumentDeed,
): Deed {
  const { model, random, person } = scene
  if (model.documents.length === 0) return add(scene)
  const document = random.pick(model.documents)
  const project = model.projects.find(({ id }) => id === document.project) as KnownProject
  const version = random.pick([document.rowVersion, document.rowVersion, random.integer(1, 3)])
  const { change, isLate = false, apply } = plan(document, project)
  const isRight = version === document.rowVersion && !isLate
  const isThere = model.visible(idOf(person), project)
  const path = `/projects/${project.id}/documents/${document.id}`
  const done = change === undefined ? '204' : '200'
  const expected = document.gone ? noDocument : isRight ? done : stale
  return {
    name,
    expected: isThere ? expected : noProject,
    answer:
      change === undefined
        ? person.delete(path, matching(version))
        : person.put(path, change, matching(version)),
    apply: (body) => {
      if (isThere && expected === done) apply(body)
    },
  }
}

function anyProject({ model, random }: Scene): KnownProject | undefined {
  return model.projects.length === 0 ? undefined : random.pick(model.projects)
}

function ownerOf(model: Model, document: KnownDocument): string {
  return model.projects.find(({ id }) => id === document.project)?.owner ?? ''
}

/** Keeps a version that was made, on top of those that its project has. */
function keep(
  model: Model,
  project: KnownProject,
  { id, content, score = null }: Pick<Document, 'id' | 'content'> & { score?: number | null },
  action: 'document.create' | 'document.change',
): void {
  const version = model.versionsIn(project).length + 1
  const of = { id, project: project.id, version, content, rowVersion: 1, score, gone: false }
  model.documents.push(of)
  model.log.push(`${action} ${id} by ${project.owner}`)
}
