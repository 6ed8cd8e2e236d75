import {
  claim,
  source,
  type CanaryResult,
  type ClaimContext,
  type RevisionPlant,
  type SystemHandle,
} from 'etalon'
import { lookAtLicenses, studentsOf, warmUp, type Seen } from './canary-traffic.ts'

const view = 'src/routes/license.ts'
const place = 'const isForeign = query.user_id !== undefined'

const options = { isolation: 'quiet', timeoutMs: 420_000 } as const

claim(
  'LFA-OPS-02',
  { ...options, name: 'good', title: 'A good revision gets 5, 25, 50 and 100 % and stays' },
  async (context) => {
    const { result, seen } = await rollOut(context)
    const { prove } = context
    prove('requests that got no answer of 200', failedOf(seen)).isEmpty()
    if (!decided(context, result)) return
    prove('the rollout', result.decision, { witness: result.reasons }).equals('promoted')
    prove('steps', percentsOf(result)).equals([5, 25, 50, 100])
  },
)

claim(
  'LFA-OPS-02',
  { ...options, name: 'slow', title: 'A revision that is too slow goes back by itself' },
  async (context) => {
    const wait = `await service.pool.query('select pg_sleep(0.2)')`
    const slow = source(view, { find: place, replace: `${wait}\n${place}` })
    const { result, seen } = await rollOut(context, slow)
    const { prove } = context
    prove('requests lost at the stable revision', seen.lost).isEmpty()
    if (!decided(context, result)) return
    prove('the rollout', result.decision, { witness: result.reasons }).equals('rolled-back')
    prove('why', worseOf(result)).satisfies('P50 or P95', (figures) =>
      figures.some((figure) => ['P50', 'P95'].includes(figure)),
    )
    prove('steps', percentsOf(result)).equals([5])
  },
)

claim(
  'LFA-OPS-02',
  { ...options, name: 'failing', title: 'A revision that fails goes back by itself' },
  async (context) => {
    const fail = `if (Math.random() < 0.3) throw new Error('a column that is not there')`
    const failing = source(view, { find: place, replace: `${fail}\n${place}` })
    const { result, seen, revision } = await rollOut(context, failing)
    const { prove } = context
    const logged = revision.log().split('request failed').length - 1
    prove('requests lost at the stable revision', seen.lost).isEmpty()
    prove('failures that the proxy was told of', seen.answered.get('candidate 500')).equals(logged)
    if (!decided(context, result)) return
    prove('the rollout', result.decision, { witness: result.reasons }).equals('rolled-back')
    prove('why', worseOf(result)).satisfies('failed', (figures) => figures.includes('failed'))
    prove('steps', percentsOf(result)).equals([5])
  },
)

/** Rolls a revision out beside the system, on its database, under the traffic of its students. */
async function rollOut(
  { system, canary, random, note }: ClaimContext,
  plant?: RevisionPlant,
): Promise<{
  readonly result: CanaryResult
  readonly seen: Seen
  readonly revision: SystemHandle
}> {
  const students = await studentsOf(system, random)
  const revision = await system.revision(plant)
  // What is planted shows from the first answer on.
  if (plant === undefined) await warmUp(students, revision)
  let seen: Seen = { lost: [], answered: new Map() }
  const result = await canary.rollOut(
    {
      stable: system.url,
      candidate: revision.url,
      stepForMs: 90_000,
      samplesMin: 50,
      failedShareMax: 0.1,
      refusedShareMax: 0.1,
      latencyRatioMax: 3,
    },
    async (to) => {
      seen = await lookAtLicenses(students, to, random)
    },
  )
  note('what the students saw', Object.fromEntries(seen.answered))
  return { result, seen, revision }
}

/**
 * Whether the traffic was enough for a decision. If not, the figures that nothing was shown of are
 * proofs of their own, which say how much more it takes.
 */
function decided({ prove }: ClaimContext, { decision, steps }: CanaryResult): boolean {
  if (decision !== 'inconclusive') return true
  const last = steps.at(-1)
  for (const { figure, finding, estimate, bound } of last?.comparisons ?? []) {
    if (finding !== 'open') continue
    prove(`${figure} of a revision at ${last?.percent} %`, estimate).isAtMost(bound)
  }
  return false
}

function percentsOf({ steps }: CanaryResult): readonly number[] {
  return steps.map(({ percent }) => percent)
}

/** Figures in which the candidate was shown worse. */
function worseOf({ steps }: CanaryResult): readonly string[] {
  return (steps.at(-1)?.comparisons ?? [])
    .filter(({ finding }) => finding === 'worse')
    .map(({ figure }) => figure)
}

function failedOf({ answered }: Seen): readonly string[] {
  return [...answered.keys()].filter((key) => !/^(stable|candidate) 200$/.test(key))
}
