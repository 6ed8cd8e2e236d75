import { claim, findCapacity } from 'etalon'
import { placeOf, requestsOf } from './place.ts'

const levels = [50, 100, 200, 350, 500]

claim(
  'CHAR-PERF-06',
  { isolation: 'quiet', timeoutMs: 240_000 },
  async ({ system, load, note, prove }) => {
    const place = await placeOf(system)
    const capacity = await findCapacity(
      load,
      { users: levels, think: { law: 'exponential', thinkMsMean: 1_000 } },
      { p: 0.95, latencyMs: 200, success: 0.98 },
      // Of fewer than eight whole seconds no interval has an end.
      { durationMs: 8_500, warmUpMs: 1_000, requests: requestsOf(place) },
    )
    const { law } = capacity
    note('throughput at each number of users', {
      levels: capacity.steps.map(({ level, run }) => ({ level, hz: run.throughput.value })),
      alone: law?.alone,
      contention: law?.contention,
      coherency: law?.coherency,
      peakUsers: law?.peakUsers,
    })
    prove('users within P95 < 200 ms', capacity.knee).isAtLeast(100)
    prove('throughput of 100 users by that of 50', capacity.efficiencyAt(100)).isAtLeast(0.8)
    prove('levels through which the law is fitted', capacity.steps.length).equals(levels.length)
    const most = capacity.steps.map(({ level, run }) =>
      Math.abs((law?.throughputAt(level) ?? 0) / run.throughput.value - 1),
    )
    prove('how far the fitted law is off a level at most', Math.max(...most)).isBelow(0.25, 'share')
  },
)
