import type { FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { failingOf } from '../protocols/index.ts'
import { selectorOf } from '../trigger.ts'

export interface FailSpec extends FaultSpec {
  readonly kind: 'fail'
  readonly code: string
  readonly message: string
}

/**
 * Makes a request fail with an error of your choice: an SQLSTATE such as `40001` on a link to
 * PostgreSQL, the first word of an error such as `READONLY` on one to Redis. The service really
 * refuses the request, so that a transaction is aborted where a true error would abort it.
 *
 * @param when a {@link statement}; without one every request that has a text fails
 */
export function fail(
  code: string,
  when: Omit<Trigger, 'at'> = {},
  message = 'made to fail by Etalon',
): FailSpec {
  const all = { source: '', flags: '' }
  return { kind: 'fail', code, message, when: { message: all, ...when } }
}

let lastToken = 0

export const failKind: FaultKind<FailSpec> = (spec, context) => {
  if (spec.when?.at === 'answer') {
    throw new RangeError('expected a request that fails, found an answer: it is done already')
  }
  const failing = failingOf(context.protocol)
  const selector = selectorOf(spec.when, context)
  /** The token in the refusal of each request that is not answered yet. */
  const awaited = new Map<string, string>()
  let healed = false
  return {
    touch: selector.touch,
    pass: async (chunk, direction, connection, forward) => {
      const { request, answers, completes } = chunk.message ?? {}
      if (direction === 'up') {
        if (healed || !selector.takesChunk(chunk, direction, connection)) return forward(chunk)
        lastToken += 1
        const token = `etalon_fault_${lastToken}`
        awaited.set(`${connection.number}/${request}`, token)
        return forward({ ...chunk, data: failing.spoil(chunk.data, token) })
      }
      const answered = `${connection.number}/${answers}`
      const token = awaited.get(answered)
      if (token === undefined) return forward(chunk)
      if (completes) awaited.delete(answered)
      const data = failing.retell(chunk.data, token, spec)
      if (data) await forward({ ...chunk, data })
    },
    unsettled: () => awaited.size > 0,
    heal: () => {
      healed = true
    },
  }
}
