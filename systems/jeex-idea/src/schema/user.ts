import { email, passwordMin, text } from 'service-kit'
import { z } from 'zod'
import { roles } from '../actor.ts'
import { data } from './request.ts'

/** A user as the API shows it; the password's hash never leaves the store. */
export const userRow = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  profile_data: z.unknown(),
  last_login_at: z.date().nullable(),
  created_at: z.date(),
})

export type UserRow = z.infer<typeof userRow>

const name = text({ max: 255 }).regex(/\S/, 'Must say something')

export const newUser = z.strictObject({
  email,
  name,
  role: z.enum(roles).default('user'),
  password: text({ min: passwordMin, max: 200 }),
})

export const profileChange = z.strictObject({ name, profile_data: data }).partial()
