import { z } from 'zod'

const idMax = Number.MAX_SAFE_INTEGER

/**
 * Text of bounded length. PostgreSQL stores no NUL, and half a surrogate pair is no character, so
 * both are problems of the request.
 */
export function text(limits: { readonly min?: number; readonly max: number }): z.ZodString {
  return z
    .string()
    .min(limits.min ?? 1)
    .max(limits.max)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), {
      message: 'Must not contain NUL or broken characters',
    })
}

/** A row's id inside a JSON body. */
export const id = z.int().min(1).max(idMax)

/** A row's id in a path or a query, where everything is text. */
export const idText = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'Must be a positive whole number')
  .transform(Number)
  .refine((value) => value <= idMax, { message: 'Too large' })
  .meta({ type: 'integer', minimum: 1, maximum: idMax })

/** A row's id where ids are UUIDs. */
export const uuid = z.uuid().toLowerCase()

/** A calendar day, `YYYY-MM-DD`, from 1900 on. */
export const day = z.iso
  .date()
  .refine((value) => value >= '1900-01-01', { message: 'Must not be before 1900-01-01' })

/** An instant with an offset, such as `2026-01-31T18:00:00Z`; handlers get a `Date`. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((value) => value >= '1900-01-01', { message: 'Must not be before 1900-01-01' })
  .transform((value) => new Date(value))

/** An address on the web. */
export const webUrl = z.url({ protocol: /^https?$/ }).max(2000)

/** An e-mail address, in lower case so that one person has one account. */
export const email = z.email().max(254).toLowerCase()
