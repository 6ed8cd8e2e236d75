import { z } from 'zod'
import { creditTypes } from '../credit.ts'

/** One row of a credit ledger. */
export const creditTransaction = z.object({
  id: z.int(),
  license_id: z.int(),
  enrollment_id: z.int().nullable(),
  type: z.enum(creditTypes),
  amount: z.int(),
  payment_verified: z.boolean(),
  payment_verified_at: z.date().nullable(),
  payment_reference_code: z.string().nullable(),
  payment_proof_url: z.string().nullable(),
  expires_at: z.date().nullable(),
  created_at: z.date(),
})

export type CreditTransaction = z.infer<typeof creditTransaction>

/** What a purchase or a spend leaves behind. */
export const creditAnswer = z.object({
  transaction: creditTransaction,
  credit_balance: z.int(),
})

export type CreditAnswer = z.infer<typeof creditAnswer>

export const creditBalance = z.object({
  license_id: z.int(),
  credit_balance: z.int(),
  /** Bought, and not verified yet. */
  pending_credits: z.int(),
  next_expiry_at: z.date().nullable(),
})

export type CreditBalance = z.infer<typeof creditBalance>
