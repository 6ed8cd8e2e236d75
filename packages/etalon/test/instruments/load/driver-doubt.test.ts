import { describe, expect, test } from 'vitest'
import type { DriverReport } from '../../../src/instruments/load/driver/driver-message.ts'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import { driverDoubts } from '../../../src/instruments/load/result/driver-doubt.ts'
import { withDoubts } from '../../../src/kernel/estimate.ts'
import { judgeEstimate } from '../../../src/kernel/judge.ts'
import { quantileOf } from '../../../src/kernel/statistics/quantile.ts'

const calm = { cpuShare: 0.3, loopDelayMsP99: 1, loopDelayMsMax: 2, gcMsTotal: 3, gcMsMax: 1 }

function reportWith(part: {
  latenessMs?: number
  thread?: Partial<typeof calm>
  misplaced?: number
}): DriverReport {
  const late = bucketOf(Math.round((part.latenessMs ?? 0.05) * 1_000))
  return {
    threads: [{ ...calm, ...part.thread }],
    lateness: Uint32Array.of(late, 1_000),
    misplaced: part.misplaced ?? 0,
    statuses: [],
    cpuS: 1,
    residentBytes: 1,
  }
}

describe('a driver', () => {
  test.each(['open', 'closed'] as const)('that was well has no doubts (%s)', (model) => {
    expect(driverDoubts(reportWith({}), model)).toEqual([])
  })

  test.each([
    ['open', { latenessMs: 3 }, 'late-driver'],
    ['open', { latenessMs: 20 }, 'overloaded-driver'],
    ['closed', { thread: { loopDelayMsP99: 8 } }, 'late-driver'],
    ['closed', { thread: { loopDelayMsP99: 40 } }, 'overloaded-driver'],
    ['closed', { thread: { cpuShare: 0.97 } }, 'overloaded-driver'],
    ['open', { thread: { gcMsMax: 30 } }, 'late-driver'],
    ['closed', { misplaced: 1 }, 'overloaded-driver'],
  ] as const)('%s with %o is a %s', (model, part, kind) => {
    expect(driverDoubts(reportWith(part), model)).toMatchObject([{ kind }])
  })

  test('that looks for what is due all the time is not busy', () => {
    expect(driverDoubts(reportWith({ thread: { cpuShare: 1 } }), 'open')).toEqual([])
  })

  test('that was sick decides nothing, neither way', () => {
    const doubts = driverDoubts(reportWith({ latenessMs: 50 }), 'open')
    const latencies = Array.from({ length: 1_000 }, (_none, at) => 100 + at / 100)
    const p95 = withDoubts(quantileOf(latencies, 0.95, { unit: 'ms' }), doubts)
    for (const bound of [50, 500]) {
      const judged = judgeEstimate(p95, { kind: 'below', bound })
      expect(judged.verdict).toBe('inconclusive')
      expect(judged.reason).toContain('late')
    }
  })
})
