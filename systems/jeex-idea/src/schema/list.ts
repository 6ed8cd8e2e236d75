import { z } from 'zod'

const count = (fallback: number, max: number): z.ZodType<number, string | undefined> =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'Must be a positive whole number')
    .default(String(fallback))
    .transform(Number)
    .refine((value) => value <= max, { message: `Must be at most ${max}` })
    .meta({ type: 'integer', minimum: 1, maximum: max })

/** The fields of a query that ask for a part of a list: a page, or what comes after a cursor. */
export const listFields = {
  page: count(1, 1_000_000),
  per_page: count(20, 100),
  cursor: z.string().min(1).max(200).optional(),
}

/** Which part of a list is asked for. */
export interface ListRequest {
  readonly page: number
  readonly per_page: number
  readonly cursor?: string | undefined
}

/** A part of a list. */
export interface Listed<Item> {
  readonly items: Item[]
  /** Null after a cursor. */
  readonly page: number | null
  readonly per_page: number
  readonly total: number
  readonly total_pages: number
  /** Null at the end of the list. */
  readonly next_cursor: string | null
}

/** The schema of a part of a list. */
export function listSchema<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  items: z.ZodArray<Item>
  page: z.ZodNullable<z.ZodInt>
  per_page: z.ZodInt
  total: z.ZodInt
  total_pages: z.ZodInt
  next_cursor: z.ZodNullable<z.ZodString>
}> {
  return z.object({
    items: z.array(item),
    page: z.int().nullable(),
    per_page: z.int(),
    total: z.int(),
    total_pages: z.int(),
    next_cursor: z.string().nullable(),
  })
}
