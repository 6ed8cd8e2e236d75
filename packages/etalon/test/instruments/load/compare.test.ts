import { expect, test } from 'vitest'
import { constantRate, createLoad } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { withTruth } from './truth.ts'

test('a slower target is told from a quicker one, in rounds', { timeout: 240_000 }, async () => {
  const options = { durationMs: 1_000, warmUpMs: 0, threads: 1, requests: [{ path: '/' }] }
  const compared = await withTruth('fixed:400', (slower) =>
    withTruth('fixed:20', (quicker) =>
      createLoad(plainSession('compare')).compare(
        constantRate(50),
        { p: 0.5, rounds: 6 },
        { ...options, url: slower },
        { ...options, url: quicker },
      ),
    ),
  )
  expect(compared.subject).toHaveLength(6)
  expect(compared.reference).toHaveLength(6)
  expect(compared.ratio.confidence).toBe(0.95)
  expect(compared.ratio.low).toBeGreaterThan(1)
})
