import { z } from 'zod'
import { fail } from './error.ts'

/** The ETag of a row. */
export function etagOf(row: { readonly row_version: number }): string {
  return `"${row.row_version}"`
}

const ifMatch = z.string().regex(/^("\d{1,9}"|\*)$/, 'Must be an ETag that was sent, or *')

/** Headers of a change that must say which version it changes. */
export const versionHeaders = z.looseObject({ 'if-match': ifMatch })

/** Headers of a change that may say which version it changes. */
export const optionalVersionHeaders = z.looseObject({ 'if-match': ifMatch.optional() })

/** Throws `JEEX_VERSION_STALE` unless the row is the one that the caller has read. */
export function requireVersion(
  row: { readonly row_version: number },
  wanted: string | undefined,
): void {
  if (wanted === undefined || wanted === '*' || wanted === etagOf(row)) return
  throw fail('JEEX_VERSION_STALE', { current: etagOf(row) })
}
