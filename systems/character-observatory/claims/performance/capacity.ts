import { claim, findCapacity, users, type LoadRun } from 'etalon'
import { fitScalabilityLaw, type Level } from 'etalon/load'
import { requestsOf, usedPlaceOf } from './place.ts'

/** Of fewer than eight whole seconds no interval has an end. */
const judgedMs = 8_000
/** Levels between those that are judged: the law needs how many are answered there, as measured. */
const between = [200, 350]
const betweenMs = 2_000
/**
 * A second on average. Thinking exponentially long, the seconds differ twice as much in how many
 * ask, and the interval of a ratio of throughputs is as wide as its distance from 80 %.
 */
const think = { law: 'uniform', thinkMsMin: 500, thinkMsMax: 1_500 } as const

claim(
  'CHAR-PERF-06',
  { isolation: 'quiet', timeoutMs: 240_000 },
  async ({ system, load, note, prove }) => {
    const options = {
      requests: requestsOf(await usedPlaceOf(system), { perInteraction: 40 }),
      warmUpMs: 1_000,
    }
    const capacity = await findCapacity(
      load,
      { users: [50, 100, 500], think },
      { p: 0.95, latencyMs: 200, success: 0.98 },
      { ...options, durationMs: judgedMs },
    )
    const levels = capacity.steps.map(({ level, run }) => levelOf(level, run))
    for (const level of between) {
      levels.push(
        levelOf(level, await load(users(level, think), { ...options, durationMs: betweenMs })),
      )
    }
    const law = fitScalabilityLaw(levels)
    const { alone, contention, coherency, peakUsers } = law
    note('throughput at each number of users', { levels, alone, contention, coherency, peakUsers })
    prove('users within P95 < 200 ms', capacity.knee).isAtLeast(100)
    prove('throughput of 100 users by that of 50', capacity.efficiencyAt(100)).isAtLeast(0.8)
    prove('levels through which the law is fitted', levels.length).equals(5)
    prove('how far the fitted law is off a level at most', law.misfit).isBelow(0.25, 'share')
  },
)

function levelOf(level: number, run: LoadRun): Level {
  return { users: level, throughputHz: run.throughput.value, doubts: run.doubts }
}
