import { uuid } from 'service-kit'
import { z } from 'zod'

const exportStatuses = ['pending', 'processing', 'completed', 'failed', 'expired'] as const

/** An export as the API shows it; where its file lies is the service's own business. */
export const exportRow = z.object({
  id: z.string(),
  project_id: z.string(),
  status: z.enum(exportStatuses),
  manifest: z.unknown(),
  sha256: z.string().nullable(),
  size_bytes: z.int().nullable(),
  error_message: z.string().nullable(),
  expires_at: z.date(),
  download_count: z.int(),
  attempt: z.int(),
  created_by: z.string(),
  created_at: z.date(),
  updated_at: z.date(),
})

export type ExportRow = z.infer<typeof exportRow>

export const exportParams = z.strictObject({ export_id: uuid })
