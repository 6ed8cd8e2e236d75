import type { Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import { requireVersion } from '../etag.ts'
import type { DocumentChange, DocumentRow, NewDocument } from '../schema/document.ts'
import type { Service } from '../service.ts'
import { recordAudit } from '../store/audit.ts'
import {
  findLatest,
  insertVersion,
  lockDocument,
  lockVersions,
  markDocumentDeleted,
  updateDocument,
} from '../store/document.ts'
import { requireProject } from './project.ts'

/** Where a document is. */
export interface DocumentPlace {
  readonly projectId: string
  readonly id: string
}

/** Adds the next version of a document. */
export async function createDocument(
  tx: Sql,
  actor: Actor,
  projectId: string,
  { request, now }: { readonly request: NewDocument; readonly now: Date },
): Promise<DocumentRow> {
  await requireProject(tx, actor, projectId)
  const row = await addVersion(tx, actor, projectId, { from: request, now })
  await audit(tx, actor, { action: 'document.create', row, after: summaryOf(row), at: now })
  return row
}

/**
 * Changes a document. Another text makes the next version, and only of the latest one; data and
 * scores change in place. Throws `JEEX_VERSION_STALE` when the document, or for another text the
 * latest version, is not the one that the caller has read.
 */
export async function changeDocument(
  { database, clock }: Service,
  actor: Actor,
  { projectId, id }: DocumentPlace,
  { version, change }: { readonly version: string; readonly change: DocumentChange },
): Promise<DocumentRow> {
  const now = clock.now()
  return database.write(actor, async (tx) => {
    await requireProject(tx, actor, projectId)
    const [before] = await lockDocument(tx, projectId, actor.id, id)
    if (before === undefined) throw fail('JEEX_DOCUMENT_UNKNOWN')
    requireVersion(before, version)
    const whole = withChange(before, change)
    let after: DocumentRow
    if (whole.content === before.content) {
      const { readability_score, grammar_score } = whole
      const data = JSON.stringify(whole.meta_data)
      const rows = await updateDocument(tx, id, data, readability_score, grammar_score)
      after = rows[0] as DocumentRow
    } else {
      await lockVersions(tx, projectId, before.document_type)
      const [latest] = await findLatest(tx, projectId, actor.id, before.document_type)
      if (latest?.id !== id) throw fail('JEEX_VERSION_STALE', { latest: latest?.version })
      after = await addVersion(tx, actor, projectId, { from: whole, now })
    }
    const entry = { row: after, before: summaryOf(before), after: summaryOf(after), at: now }
    await audit(tx, actor, { action: 'document.change', ...entry })
    return after
  })
}

/** Makes a version invisible; its row and its number stay. */
export async function deleteDocument(
  { database, clock, memory }: Service,
  actor: Actor,
  { projectId, id }: DocumentPlace,
  version: string | undefined,
): Promise<void> {
  const now = clock.now()
  await database.write(actor, async (tx) => {
    await requireProject(tx, actor, projectId)
    const [row] = await lockDocument(tx, projectId, actor.id, id)
    if (row === undefined) throw fail('JEEX_DOCUMENT_UNKNOWN')
    requireVersion(row, version)
    await markDocumentDeleted(tx, id, now)
    await audit(tx, actor, { action: 'document.delete', row, before: summaryOf(row), at: now })
  })
  await memory.forget(actor.id)
}

/** What a version is made of. */
type Version = Pick<
  DocumentRow,
  'document_type' | 'content' | 'meta_data' | 'readability_score' | 'grammar_score'
>

/** What is not named stays; a score may be taken away by null. */
function withChange(before: DocumentRow, change: DocumentChange): Version {
  const { content, meta_data, readability_score, grammar_score } = change
  return {
    document_type: before.document_type,
    content: content ?? before.content,
    meta_data: meta_data ?? before.meta_data,
    readability_score:
      readability_score === undefined ? before.readability_score : readability_score,
    grammar_score: grammar_score === undefined ? before.grammar_score : grammar_score,
  }
}

async function addVersion(
  tx: Sql,
  actor: Actor,
  projectId: string,
  { from, now }: { readonly from: Version; readonly now: Date },
): Promise<DocumentRow> {
  const { document_type, content, meta_data, readability_score, grammar_score } = from
  await lockVersions(tx, projectId, document_type)
  const rows = await insertVersion(
    tx,
    projectId,
    actor.id,
    document_type,
    content,
    JSON.stringify(meta_data),
    readability_score,
    grammar_score,
    now,
  )
  return rows[0] as DocumentRow
}

/** The log says which text it was, and does not repeat it. */
function summaryOf({ content, ...head }: DocumentRow): object {
  return { ...head, content_length: content.length }
}

interface DocumentAudit {
  readonly action: string
  readonly row: DocumentRow
  readonly before?: unknown
  readonly after?: unknown
  readonly at: Date
}

function audit(tx: Sql, actor: Actor, { row, ...entry }: DocumentAudit): Promise<void> {
  return recordAudit(tx, {
    ...entry,
    projectId: row.project_id,
    ownerId: actor.id,
    actor: actor.id,
    entity: 'document',
    entityId: row.id,
    correlationId: actor.correlationId,
  })
}
