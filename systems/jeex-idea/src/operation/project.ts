import type { Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import { requireVersion } from '../etag.ts'
import type { NewProject, ProjectChange, ProjectRow } from '../schema/project.ts'
import type { Service } from '../service.ts'
import { recordAudit } from '../store/audit.ts'
import {
  findProject,
  hasBegun,
  insertProject,
  lockProject,
  markProjectDeleted,
  updateProject,
} from '../store/project.ts'

/** The caller's project. Throws `JEEX_PROJECT_UNKNOWN`, also when it is somebody else's. */
export async function requireProject(sql: Sql, actor: Actor, id: string): Promise<ProjectRow> {
  const [project] = await findProject(sql, id, actor.id)
  if (project === undefined) throw fail('JEEX_PROJECT_UNKNOWN')
  return project
}

/** Creates a project of the caller. */
export async function createProject(
  tx: Sql,
  actor: Actor,
  request: NewProject,
  now: Date,
): Promise<ProjectRow> {
  const { name, status, current_step, language, meta_data } = request
  const data = JSON.stringify(meta_data)
  const rows = await insertProject(tx, name, status, current_step, language, data, actor.id, now)
  const project = rows[0] as ProjectRow
  await audit(tx, actor, { action: 'project.create', id: project.id, after: project, at: now })
  return project
}

/**
 * Changes a project. Throws `JEEX_VERSION_STALE`, and `JEEX_LANGUAGE_LOCKED` for another language
 * once the project has begun.
 */
export async function changeProject(
  { database, clock }: Service,
  actor: Actor,
  id: string,
  { version, change }: { readonly version: string; readonly change: ProjectChange },
): Promise<ProjectRow> {
  const now = clock.now()
  return database.write(actor, async (tx) => {
    const [before] = await lockProject(tx, id, actor.id)
    if (before === undefined) throw fail('JEEX_PROJECT_UNKNOWN')
    requireVersion(before, version)
    if (change.language !== undefined && change.language !== before.language) {
      const [project] = await hasBegun(tx, id)
      if (project?.begun === true) throw fail('JEEX_LANGUAGE_LOCKED')
    }
    const { name = null, status = null, current_step = null, language = null } = change
    const data = change.meta_data === undefined ? null : JSON.stringify(change.meta_data)
    const rows = await updateProject(tx, id, name, status, current_step, language, data)
    const after = rows[0] as ProjectRow
    await audit(tx, actor, { action: 'project.change', id, before, after, at: now })
    return after
  })
}

/** Makes a project and all below it invisible; the rows stay. */
export async function deleteProject(
  { database, clock, memory }: Service,
  actor: Actor,
  id: string,
  version: string | undefined,
): Promise<void> {
  const now = clock.now()
  await database.write(actor, async (tx) => {
    const [before] = await lockProject(tx, id, actor.id)
    if (before === undefined) throw fail('JEEX_PROJECT_UNKNOWN')
    requireVersion(before, version)
    await markProjectDeleted(tx, id, now)
    await audit(tx, actor, { action: 'project.delete', id, before, at: now })
  })
  await memory.forget(actor.id)
}

interface ProjectAudit {
  readonly action: string
  readonly id: string
  readonly before?: unknown
  readonly after?: unknown
  readonly at: Date
}

function audit(tx: Sql, actor: Actor, { id, ...entry }: ProjectAudit): Promise<void> {
  return recordAudit(tx, {
    ...entry,
    projectId: id,
    ownerId: actor.id,
    actor: actor.id,
    entity: 'project',
    entityId: id,
    correlationId: actor.correlationId,
  })
}
