import type { Operation } from '../openapi.ts'
import { exchange, type Line } from './exchange.ts'
import type { KnownValues } from './request.ts'

const triedMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Whether a path is one of those that an operation with placeholders takes. */
function mayBe(operation: Operation, path: string): boolean {
  const parts = operation.path.split('/')
  const asked = path.split('/')
  return (
    parts.length === asked.length &&
    parts.every((part, at) => part.startsWith('{') || part === asked[at])
  )
}

/**
 * Methods that a documented path takes without its document saying so: they are answered otherwise
 * than by 404 or 405. Asked without credentials, so that what is there does nothing.
 */
export async function undocumentedMethods(
  operations: readonly Operation[],
  line: Line,
  known: KnownValues = () => [],
): Promise<string[]> {
  const byPath = Map.groupBy(operations, ({ path }) => path)
  const found: string[] = []
  for (const [path, documented] of byPath) {
    const [first] = documented as [Operation]
    const values = [...path.matchAll(/\{([^}]+)\}/g)].map(
      ([, name = '']) => [name, known(name, first)[0] ?? '1'] as const,
    )
    for (const method of triedMethods) {
      if (operations.some((one) => one.method === method && mayBe(one, path))) continue
      const { status } = await exchange(
        { ...first, method },
        {
          path: Object.fromEntries(values),
          query: {},
          headers: {},
          body: { kind: 'none' },
          credential: 'none',
        },
        line,
      )
      if (status !== 404 && status !== 405) found.push(`${method} ${path} answers ${status}`)
    }
  }
  return found
}
