import type { HttpClient } from 'etalon'
import type { PendingResponse } from 'etalon/http'

export const documentTypes = [
  'idea_description',
  'engineering_specs',
  'architecture',
  'implementation_plan',
] as const

export type DocumentType = (typeof documentTypes)[number]

/** A document version as it is answered; lists leave the text out. */
export interface Document {
  readonly id: string
  readonly project_id: string
  readonly document_type: DocumentType
  readonly version: number
  readonly content: string
  readonly meta_data: unknown
  readonly readability_score: number | null
  readonly grammar_score: number | null
  readonly row_version: number
}

/** Asks for the next version of a document. */
export function addDocument(
  owner: HttpClient,
  projectId: string,
  body: object = {},
): PendingResponse<Document> {
  const whole = { document_type: 'architecture', content: 'A text', ...body }
  return owner.post<Document>(`/projects/${projectId}/documents`, whole)
}
