import { z } from 'zod'

/** One change of a licence's level. */
export const progression = z.object({
  id: z.int(),
  license_id: z.int(),
  from_level: z.int(),
  to_level: z.int(),
  advanced_by: z.int().nullable(),
  advancement_reason: z.string().nullable(),
  requirements_met: z.unknown(),
  is_override: z.boolean(),
  advanced_at: z.date(),
})

/** One row of the XP ledger. */
export const xpTransaction = z.object({
  id: z.int(),
  license_id: z.int(),
  source: z.string(),
  amount: z.int(),
  balance_after: z.int(),
  granted_by: z.int().nullable(),
  description: z.string().nullable(),
  created_at: z.date(),
})

/** One entry of the audit log. */
export const auditEntry = z.object({
  id: z.int(),
  actor_id: z.int().nullable(),
  /** Null for the service itself, and for accounts that are gone. */
  actor_name: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entity_id: z.int(),
  before: z.unknown(),
  after: z.unknown(),
  at: z.date(),
})

export type ProgressionRow = z.infer<typeof progression>
export type XpTransactionRow = z.infer<typeof xpTransaction>
export type AuditRow = z.infer<typeof auditEntry>
