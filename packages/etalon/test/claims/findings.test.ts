import { expect, test } from 'vitest'
import { openProofs } from '../../src/claims/proof.ts'
import { openFindings } from '../../src/kernel/findings.ts'

function proofOf(looks: number, finds: number) {
  const records: Record<string, unknown>[] = []
  const { prove } = openProofs({ record: (_kind, facts) => records.push(facts) })
  const found = openFindings<{ sequence: number }>()
  found.look(looks)
  for (let sequence = 1; sequence <= finds; sequence += 1) found.find(() => ({ sequence }))
  prove('missing', found.findings()).isEmpty()
  return records[0]
}

test('findings of which there are none are upheld, with how many were looked at', () => {
  expect(proofOf(1_000, 0)).toMatchObject({ verdict: 'upheld', figure: 'none of 1,000' })
})

test('findings refute with their number and the first of them', () => {
  expect(proofOf(1_000, 1_234)).toMatchObject({
    verdict: 'refuted',
    figure: '1,234',
    counterexample: { found: [1, 2, 3, 4, 5].map((sequence) => ({ sequence })) },
  })
})

test('what is not a number equals nothing and differs from nothing', () => {
  const { prove } = openProofs({ record: () => {} })
  expect(prove('shares of none', 0 / 0).equals(5)).toBe('inconclusive')
  expect(prove('shares of none', 0 / 0).equals(Number.NaN)).toBe('inconclusive')
  expect(prove('found', 4).equals(5)).toBe('refuted')
  expect(prove('found', 5).equals(5)).toBe('upheld')
})

test('findings among nothing show nothing', () => {
  expect(proofOf(0, 0)).toMatchObject({
    verdict: 'inconclusive',
    reason: 'nothing was looked at',
  })
})
