import { isDeepStrictEqual } from 'node:util'

/** The columns in which a body and the row it tells of differ; moments are compared as text. */
export function differences(
  body: Readonly<Record<string, unknown>>,
  row: Readonly<Record<string, unknown>>,
): string[] {
  const shared = Object.keys(body).filter((name) => name in row)
  if (shared.length === 0) return ['nothing in common']
  return shared
    .filter((name) => !isDeepStrictEqual(plain(row[name]), body[name]))
    .map((name) => `${name}: told ${JSON.stringify(body[name])}, kept ${JSON.stringify(row[name])}`)
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}
