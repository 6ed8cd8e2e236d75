import { idText, text } from 'service-kit'
import { z } from 'zod'

/** Paths that end in a row's id. */
export const idParams = z.strictObject({ id: idText })

/** A reason that goes on record; spaces alone are none. */
export const reason = text({ max: 500 }).regex(/\S/, 'Must say something')

/** `true` or `false` in a query. */
export const flagText = z.enum(['true', 'false']).transform((value) => value === 'true')

/** For requests whose path says all there is to say. */
export const nothing = z.strictObject({}).optional()
