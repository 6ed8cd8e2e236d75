import { z } from 'zod'

const pageSizeMax = 200

const count = (fallback: number, max: number): z.ZodType<number, string | undefined> =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'Must be a positive whole number')
    .default(String(fallback))
    .transform(Number)
    .refine((value) => value <= max, { message: `Must be at most ${max}` })
    .meta({ type: 'integer', minimum: 1, maximum: max })

/** The fields of a query that ask for one page; spread them into a query's schema. */
export const pageFields = {
  page: count(1, 1_000_000),
  page_size: count(50, pageSizeMax),
}

/** Which page is asked for. */
export interface PageRequest {
  readonly page: number
  readonly page_size: number
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[]
  readonly page: number
  readonly page_size: number
  /** How many items all pages hold together. */
  readonly total: number
}

/** The schema of one page of items. */
export function pageSchema<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  items: z.ZodArray<Item>
  page: z.ZodInt
  page_size: z.ZodInt
  total: z.ZodInt
}> {
  return z.object({ items: z.array(item), page: z.int(), page_size: z.int(), total: z.int() })
}

/** SQL's `limit` and `offset` for a page. */
export function pageWindow(request: PageRequest): { limit: number; offset: number } {
  return { limit: request.page_size, offset: (request.page - 1) * request.page_size }
}

/**
 * Puts a page together from the rows read for it. Counts with `count` only where the rows do not
 * tell how many there are in all: a page that is not full is the last one.
 */
export async function toPage<Item>(
  request: PageRequest,
  items: Item[],
  count: () => Promise<number>,
): Promise<Page<Item>> {
  const { page, page_size } = request
  const isLast = items.length < page_size && (items.length > 0 || page === 1)
  const total = isLast ? (page - 1) * page_size + items.length : await count()
  return { items, page, page_size, total }
}
