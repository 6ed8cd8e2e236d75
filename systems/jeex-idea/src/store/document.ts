import { statement, type Sql } from 'service-kit'
import type { DocumentHead, DocumentRow } from '../schema/document.ts'
import type { Listed, ListRequest } from '../schema/list.ts'
import type { DocumentType } from '../vocabulary.ts'
import { readList } from './list.ts'

const head = `id, project_id, document_type, version, meta_data, readability_score, grammar_score,
  created_by, row_version, created_at, updated_at`
const columns = `${head}, content`

/** One document at a time of each type gets a version, so that versions have no gaps. */
export const lockVersions = statement<never, [project: string, type: DocumentType]>(
  'document-lock-versions',
  `select pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))`,
)

type NewVersion = [
  project: string,
  owner: string,
  type: DocumentType,
  content: string,
  metaData: string,
  readability: number | null,
  grammar: number | null,
  now: Date,
]

/** Adds the next version. A deleted one keeps its number. */
export const insertVersion = statement<DocumentRow, NewVersion>(
  'document-insert',
  `insert into document_versions
     (project_id, owner_id, document_type, version, content, meta_data, readability_score,
      grammar_score, created_by, created_at, updated_at)
   values ($1, $2, $3::varchar,
     (select coalesce(max(version), 0) + 1 from document_versions
      where project_id = $1 and document_type = $3::varchar),
     $4, $5, $6, $7, $2, $8, $8)
   returning ${columns}`,
)

type Place = [project: string, owner: string, id: string]

export const findDocument = statement<DocumentRow, Place>(
  'document-find',
  `select ${columns} from document_versions
   where project_id = $1 and owner_id = $2 and id = $3 and deleted_at is null`,
)

export const lockDocument = statement<DocumentRow, Place>(
  'document-lock',
  `select ${columns} from document_versions
   where project_id = $1 and owner_id = $2 and id = $3 and deleted_at is null
   for no key update`,
)

export const findLatest = statement<DocumentRow, [string, string, DocumentType]>(
  'document-find-latest',
  `select ${columns} from document_versions
   where project_id = $1 and owner_id = $2 and document_type = $3 and deleted_at is null
   order by version desc limit 1`,
)

/** The latest version of each type, in order of the types. */
export const findLatestOfEach = statement<DocumentRow, [string, string]>(
  'document-find-latest-of-each',
  `select distinct on (document_type) ${columns} from document_versions
   where project_id = $1 and owner_id = $2 and deleted_at is null
   order by document_type, version desc`,
)

export const findVersion = statement<DocumentRow, [string, string, DocumentType, number]>(
  'document-find-version',
  `select ${columns} from document_versions
   where project_id = $1 and owner_id = $2 and document_type = $3 and version = $4
     and deleted_at is null`,
)

export const updateDocument = statement<
  DocumentRow,
  [id: string, metaData: string, readability: number | null, grammar: number | null]
>(
  'document-update',
  `update document_versions set meta_data = $2, readability_score = $3, grammar_score = $4,
     row_version = row_version + 1
   where id = $1 returning ${columns}`,
)

export const markDocumentDeleted = statement<{ row_version: number }, [string, Date]>(
  'document-delete',
  `update document_versions set deleted_at = $2, row_version = row_version + 1 where id = $1
   returning row_version`,
)

/** A project's documents without their text, highest version first. */
export function listDocuments(
  sql: Sql,
  place: { readonly project: string; readonly owner: string },
  filter: ListRequest & { readonly document_type?: string | undefined },
): Promise<Listed<DocumentHead>> {
  return readList<DocumentHead>(
    sql,
    {
      name: 'document-list',
      columns: head,
      table: 'document_versions',
      where: {
        'project_id = ?': place.project,
        'owner_id = ?': place.owner,
        'document_type = ?': filter.document_type,
        'deleted_at is null': true,
      },
      sortBy: 'version',
      sortType: 'integer',
    },
    filter,
  )
}
