import { expect, test } from 'vitest'
import { claim, collectDeclarations } from '../../src/claims/claim.ts'
import { planJobs, type PlannableClaim } from '../../src/claims/plan.ts'

function claimOf(id: string, parts: Partial<PlannableClaim>): PlannableClaim {
  const ownInstance = parts.isolation === 'exclusive'
  const usual = { system: 'shop', file: 'a', isolation: 'shared', timeoutMs: 30_000 } as const
  return { id, ...usual, ownInstance, ...parts }
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
    claimOf('8', { isolation: 'quiet', ownInstance: true }),
  ])
  expect(idsOf(plan.parallel)).toEqual(['2', '5', '1 3', '7'])
  expect(idsOf(plan.quiet)).toEqual(['4 6', '8'])
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

test('who measures what nobody else may share is quiet, on an instance of its own', async () => {
  const declared = await collectDeclarations(async () => {
    claim('killed', { durability: 'honest' }, () => {})
    claim('killed quietly', { isolation: 'quiet', durability: 'honest' }, () => {})
    claim('measured', { isolation: 'quiet' }, () => {})
    claim('aged', { isolation: 'quiet', clock: 'movable' }, () => {})
    claim('cut', { links: ['postgres'] }, () => {})
  })
  const { parallel, quiet } = planJobs(
    declared.map((declaration) => ({ ...declaration, system: 'shop', file: 'a' })),
  )
  expect(idsOf(parallel)).toEqual(['killed', 'cut'])
  expect(idsOf(quiet)).toEqual(['killed quietly', 'measured', 'aged'])
})
