import { requestError } from 'service-kit'
import { z } from 'zod'

/** Where a page of a list ends: the value that the list is sorted by, and the row's id. */
export interface Cursor {
  readonly value: string | number
  readonly id: string
}

/** What a list is sorted by, as PostgreSQL calls it. */
export type SortType = 'timestamptz' | 'integer'

const written = {
  timestamptz: z.tuple([z.iso.datetime(), z.uuid()]),
  integer: z.tuple([z.int32(), z.uuid()]),
}

/** Writes a cursor in a form that callers hand back as it is. */
export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url')
}

/** Reads a cursor; throws `VALIDATION_FAILED` for what no list sorted by this type has given. */
export function readCursor(text: string, sortType: SortType): Cursor {
  const parsed = written[sortType].safeParse(parse(Buffer.from(text, 'base64url').toString('utf8')))
  if (parsed.success) return { value: parsed.data[0], id: parsed.data[1] }
  const message = 'Must be the next_cursor of an earlier answer'
  throw requestError('VALIDATION_FAILED', [{ path: 'querystring.cursor', message }])
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
