import { z } from 'zod'
import { roles } from '../actor.ts'

/** A user as the API shows it; the password's hash never leaves the store. */
export const userRow = z.object({
  id: z.int(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  is_active: z.boolean(),
  date_of_birth: z.string().nullable(),
  parental_consent: z.boolean(),
  xp_balance: z.int(),
  created_at: z.date(),
})

export type UserRow = z.infer<typeof userRow>
