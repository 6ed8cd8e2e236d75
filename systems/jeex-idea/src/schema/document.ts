import { text, uuid } from 'service-kit'
import { z } from 'zod'
import { documentTypes } from '../vocabulary.ts'
import { data } from './request.ts'

/** A document version without its text, as lists show it. */
export const documentHead = z.object({
  id: z.string(),
  project_id: z.string(),
  document_type: z.enum(documentTypes),
  version: z.int(),
  meta_data: z.unknown(),
  readability_score: z.number().nullable(),
  grammar_score: z.number().nullable(),
  created_by: z.string(),
  row_version: z.int(),
  created_at: z.date(),
  updated_at: z.date(),
})

/** A document version. */
export const documentRow = documentHead.extend({ content: z.string() })

export type DocumentHead = z.infer<typeof documentHead>
export type DocumentRow = z.infer<typeof documentRow>

export const documentParams = z.strictObject({ id: uuid, document_id: uuid })

const content = text({ max: 500_000 }).regex(/\S/, 'Must say something')
const score = z.number().min(0).max(100).multipleOf(0.01).nullable()

export const newDocument = z.strictObject({
  document_type: z.enum(documentTypes),
  content,
  meta_data: data.default({}),
  readability_score: score.default(null),
  grammar_score: score.default(null),
})

export const documentChange = z
  .strictObject({ content, meta_data: data, readability_score: score, grammar_score: score })
  .partial()

export type NewDocument = z.infer<typeof newDocument>
export type DocumentChange = z.infer<typeof documentChange>

/**
 * How one version became another: pieces in order. Where more lines changed than are told apart, all
 * from the first to the last of them stands as removed and added, and the answer is `coarse`.
 */
export const documentDiff = z.object({
  document_type: z.enum(documentTypes),
  from: z.int(),
  to: z.int(),
  lines_added: z.int(),
  lines_removed: z.int(),
  coarse: z.boolean(),
  pieces: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
})
