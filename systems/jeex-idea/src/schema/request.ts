import { text, uuid } from 'service-kit'
import { z } from 'zod'

/** Paths below one project. */
export const projectParams = z.strictObject({ id: uuid })

/** For requests whose path says all there is to say. */
export const nothing = z.strictObject({}).optional()

const depthMax = 32

/** Data of the caller's own: an object that PostgreSQL can store. A body is JSON already. */
export const data = z
  .record(text({ max: 200 }), z.unknown())
  .refine((value) => isStorable(value, depthMax), {
    message: 'Must not contain NUL or broken characters, nor nest deeper than 32 levels',
  })

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  return Object.entries(value).every(
    ([key, member]) => isStorable(key, depth) && isStorable(member, depth - 1),
  )
}

/** An answer that is no JSON, as Fastify and OpenAPI take it. */
export function rawAnswer(description: string, contentType: string): object {
  const schema = { type: 'string', format: 'binary' }
  return { description, content: { [contentType]: { schema } } }
}
