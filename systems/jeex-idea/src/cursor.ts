import { requestError } from 'service-kit'
import { z } from 'zod'

/** Where a page of a list ends: the value that the list is sorted by, and the row's id. */
export interface Cursor {
  readonly value: string | number
  readonly id: string
}

const written = z.tuple([z.union([z.iso.datetime(), z.int()]), z.uuid()])

/** Writes a cursor in a form that callers hand back as it is. */
export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url')
}

/** Reads a cursor; throws `VALIDATION_FAILED` for what no list has given. */
export function readCursor(text: string): Cursor {
  const parsed = written.safeParse(parse(Buffer.from(text, 'base64url').toString('utf8')))
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
