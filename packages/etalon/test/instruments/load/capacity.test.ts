import { expect, test } from 'vitest'
import { createLoad, findCapacity } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { voids } from '../../../src/kernel/doubt.ts'
import { withTruth } from './truth.ts'

test(
  'finds where a system that serves one at a time breaks',
  { timeout: 120_000 },
  async (context) => {
    // 20 ms each, one after the other: 50 a second are carried, more wait longer and longer.
    const capacity = await withTruth('queue:20', (url) =>
      findCapacity(
        createLoad(plainSession('capacity')),
        { ratesHz: [10, 25, 100, 200] },
        { p: 0.5, latencyMs: 150 },
        { url, durationMs: 9_000, warmUpMs: 0, timeoutMs: 1_000, requests: [{ path: '/' }] },
      ),
    )
    const grave = capacity.steps.flatMap(({ run }) => run.doubts).find(voids)
    if (grave) context.skip(`the machine is not quiet: ${grave.message}`)
    expect(capacity.steps.map(({ level }) => level)).toEqual([10, 25, 100])
    expect(capacity.knee.high).toBe(100)
    expect(capacity.knee.value).toBe(25)
    expect(capacity.efficiencyAt(25).value).toBeCloseTo(1, 1)
    expect(capacity.efficiencyAt(100).high).toBeLessThan(0.8)
    expect(capacity.law).toBeUndefined()
    expect(() => capacity.efficiencyAt(7)).toThrow(RangeError)
  },
)
