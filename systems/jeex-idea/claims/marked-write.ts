import type { Actor, Sql, SystemHandle } from 'etalon'

/** Somebody who writes into a project of his own. */
export interface Writer {
  readonly actor: Actor
  readonly projectId: string
}

/** What can be written so that it is found again by its mark. */
export const markedKinds = ['project', 'document', 'execution'] as const

export type MarkedKind = (typeof markedKinds)[number]

/** A thing that carries a mark, with what was written beside it in the same unit of work. */
export interface MarkedRow {
  readonly key: string
  readonly kind: MarkedKind
  readonly id: string
  /** Entries of the audit log that tell of its creation. */
  readonly audits: number
  /** Answers kept for its idempotency key, and those of them that name it. */
  readonly answers: number
  readonly answersNamingIt: number
}

/** Signs in so many writers, each with a project. */
export async function hireWriters(
  system: SystemHandle,
  name: string,
  count: number,
): Promise<Writer[]> {
  return Promise.all(
    Array.from({ length: count }, async (_none, number) => {
      const actor = await system.actor(`${name}-${number}`)
      const { body } = await actor.post<{ id: string }>('/projects', { name }).expect(201)
      return { actor, projectId: body.id }
    }),
  )
}

/** The request that writes one thing with a mark. */
export function markedRequest(
  { projectId }: Writer,
  kind: MarkedKind,
  mark: string,
): readonly [path: string, body: object] {
  switch (kind) {
    case 'project':
      return ['/projects', { name: mark }]
    case 'document':
      return [
        `/projects/${projectId}/documents`,
        { document_type: 'architecture', content: mark, meta_data: { mark } },
      ]
    case 'execution':
      return [
        `/projects/${projectId}/agents/executions`,
        { agent_type: 'qa_expert', input_data: { mark } },
      ]
  }
}

/** Everything in a database whose mark begins so; an idempotency key is the mark itself. */
export function findMarked(sql: Sql, beginning: string): Promise<MarkedRow[]> {
  return sql.rows<MarkedRow>(
    `with marked as (
       select name as key, 'project' as kind, id from projects
       union all select content, 'document', id from document_versions
       union all select input_data ->> 'mark', 'execution', id from agent_executions
     )
     select key, kind, id,
       (select count(*) from audit_log a
        where a.entity_id = marked.id and a.action = marked.kind || '.create') as audits,
       (select count(*) from idempotency_keys i where i.key = marked.key) as answers,
       (select count(*) from idempotency_keys i
        where i.key = marked.key and i.response ->> 'id' = marked.id::text) as "answersNamingIt"
     from marked where starts_with(key, $1)`,
    [beginning],
  )
}

/** Numbers of versions that are missing between the first and the last of a document. */
export function versionGaps(sql: Sql): Promise<unknown[]> {
  return sql.rows(
    `select project_id, document_type, count(*) as versions, max(version) as last
     from document_versions group by 1, 2 having count(*) <> max(version)`,
  )
}

/** Entries of the audit log about creating something that is not there. */
export function auditsOfNothing(sql: Sql): Promise<unknown[]> {
  return sql.rows(
    `select a.action, a.entity_id from audit_log a
     where a.action in ('project.create', 'document.create', 'execution.create')
       and not exists (select from projects where id = a.entity_id)
       and not exists (select from document_versions where id = a.entity_id)
       and not exists (select from agent_executions where id = a.entity_id)`,
  )
}
