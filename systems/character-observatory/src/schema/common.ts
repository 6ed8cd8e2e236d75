import { text, uuid } from 'service-kit'
import { z } from 'zod'
import { emotionNames } from '../rule/emotion.ts'
import { traits, type Trait } from '../rule/personality.ts'

/** A share, 0 to 1. */
export const share = z.number().min(0).max(1)

const shares = <Name extends string>(
  names: readonly Name[],
): z.ZodObject<Record<Name, typeof share>> =>
  z.strictObject(
    Object.fromEntries(names.map((name) => [name, share])) as Record<Name, typeof share>,
  )

/** The five traits. */
export const personality: z.ZodObject<Record<Trait, typeof share>> = shares(traits)

/** Shares of the six emotions; nothing before the first interaction. */
export const emotions = shares(emotionNames).partial()

export const id = z.object({ id: uuid })

/** A name as a person gives it. */
export const name = text({ max: 255 }).regex(/\S/, 'Must say something')

/** Who may use the routes: every account; what he may do is told by his memberships. */
export const access = { access: { roles: ['user', 'operator'] } } as const
