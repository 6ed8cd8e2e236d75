import { expect, test } from 'vitest'
import { planJobs, type PlannableClaim } from '../../src/claims/plan.ts'

function claimOf(id: string, parts: Partial<PlannableClaim>): PlannableClaim {
  return { id, system: 'shop', file: 'a', isolation: 'shared', timeoutMs: 30_000, ...parts }
}

const idsOf = (jobs: readonly { readonly claims: readonly PlannableClaim[] }[]): string[] =>
  jobs.map(({ claims }) => claims.map(({ id }) => id).join(' '))

test('claims of a file share a job, unless they disturb or measure', () => {
  const plan = planJobs([
    claimOf('1', {}),
    claimOf('2', { isolation: 'exclusive' }),
    claimOf('3', {}),
    claimOf('4', { isolation: 'quiet' }),
    claimOf('5', { isolation: 'exclusive' }),
    claimOf('6', { isolation: 'quiet' }),
    claimOf('7', { system: 'mill' }),
  ])
  expect(idsOf(plan.parallel)).toEqual(['2', '5', '1 3', '7'])
  expect(idsOf(plan.quiet)).toEqual(['4 6'])
})

test('those that may take the longest start first', () => {
  const plan = planJobs([
    claimOf('quick', { file: 'a' }),
    claimOf('also quick', { file: 'a' }),
    claimOf('page', { file: 'b', timeoutMs: 120_000 }),
    claimOf('killer', { file: 'c', isolation: 'exclusive', timeoutMs: 1_000 }),
  ])
  expect(idsOf(plan.parallel)).toEqual(['killer', 'page', 'quick also quick'])
})
