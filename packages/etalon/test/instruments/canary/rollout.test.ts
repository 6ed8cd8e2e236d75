import { afterEach, expect, test } from 'vitest'
import {
  createCanary,
  type CanaryOptions,
  type CanaryResult,
} from '../../../src/instruments/canary/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { drive, startRevision, type Revision, type RevisionOptions, type Seen } from './revision.ts'

// A good revision has to be shown good, which takes longer the busier the machine is.
const timeout = 150_000

const open: Revision[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((revision) => revision.stop()))
})

async function revision(options?: RevisionOptions): Promise<Revision> {
  const started = await startRevision(options)
  open.push(started)
  return started
}

/** Rolls a candidate out beside a good stable revision. */
async function rollOut(
  candidateOptions: RevisionOptions,
  options: Partial<CanaryOptions> = {},
): Promise<{ result: CanaryResult; seen: Seen; candidate: Revision }> {
  const stable = await revision()
  const candidate = await revision(candidateOptions)
  let seen: Seen | undefined
  const result = await createCanary(plainSession('rollout')).rollOut(
    {
      stable: stable.url,
      candidate: candidate.url,
      stepForMs: 40_000,
      failedShareMax: 0.03,
      latencyRatioMax: 2,
      ...options,
    },
    async (to) => {
      seen = await drive(to)
    },
  )
  return { result, seen: seen as Seen, candidate }
}

function lostTo(seen: Seen): string[] {
  return [...seen.answers.keys()].filter((key) => key === 'lost' || /^stable [^2]/.test(key))
}

test(
  'a good revision goes through all steps, and nobody loses a request',
  { timeout },
  async () => {
    // How fast it is is not what this is about, and a busy machine makes it a long question.
    const { result, seen } = await rollOut({}, { latencyRatioMax: 20 })
    expect(result.reasons).toEqual([
      'at 100 % the candidate is shown to fail and refuse no more often than stable did, and not shown slower',
    ])
    expect(result).toMatchObject({ decision: 'promoted', percent: 100, servedBy: 'candidate' })
    expect(result.steps.map(({ percent }) => percent)).toEqual([5, 25, 50, 100])
    expect([...seen.answers.keys()].sort()).toEqual(['candidate 200', 'stable 200'])
    for (const sides of seen.sides.values()) {
      expect(['stable candidate', 'candidate']).toContain(sides.join(' '))
    }
  },
)

test('each step gets about its share', { timeout }, async () => {
  const { result } = await rollOut({}, { stepsPercent: [5, 25, 50] })
  for (const { percent, stable, candidate } of result.steps) {
    const share = candidate.requests / (stable.requests + candidate.requests)
    expect(share * 100).toBeGreaterThan(percent * 0.5)
    expect(share * 100).toBeLessThan(percent * 1.6)
  }
})

test('a revision that is much slower is rolled back at the first step', async () => {
  // So much that it is still beyond the limit where a busy machine adds its own to both.
  const { result, seen } = await rollOut({ latencyMs: 100 })
  expect(result).toMatchObject({ decision: 'rolled-back', percent: 5, servedBy: 'stable' })
  expect(result.reasons.join('\n')).toContain('is slower than stable, in its P50: P50 ')
  expect(lostTo(seen)).toEqual([])
})

test('a revision that fails a fifth of its requests is rolled back', async () => {
  const { result, seen } = await rollOut({ failing: { share: 0.2, status: 500 } })
  expect(result).toMatchObject({ decision: 'rolled-back', percent: 5, servedBy: 'stable' })
  expect(result.reasons.join('\n')).toContain('fails more often than stable')
  expect(lostTo(seen)).toEqual([])
})

test('a revision that refuses what stable grants is rolled back', async () => {
  const { result } = await rollOut({ failing: { share: 0.5, status: 401 } })
  expect(result.decision).toBe('rolled-back')
  expect(result.reasons.join('\n')).toContain('refuses more often than stable')
})

test('a revision that dies is rolled back, and no request to stable is lost', async () => {
  const { result, seen, candidate } = await rollOut({ diesAfter: 30 })
  expect(result).toMatchObject({ decision: 'rolled-back', servedBy: 'stable' })
  expect(lostTo(seen)).toEqual([])
  expect(seen.answers.get('candidate 502')).toBeGreaterThan(0)
  // A request that failed was not sent a second time.
  expect(candidate.requests).toHaveLength(31)
})

test('a revision that never answers some requests is not passed', async () => {
  const answer: RevisionOptions['answer'] = (request, response) => {
    if (Number(request.headers.authorization?.split('-')[1]) % 10 !== 0) response.end('{}')
  }
  const { result } = await rollOut(
    { answer },
    { timeoutMs: 1_500, latencyRatioMax: 20, stepsPercent: [25, 50] },
  )
  expect(result.decision).toBe('rolled-back')
  expect(result.reasons.join('\n')).toContain('without an answer')
})

test('too little traffic shows nothing: rolled back, and says how much more it takes', async () => {
  const { result } = await rollOut({}, { stepForMs: 2_000, failedShareMax: 0.0001 })
  expect(result).toMatchObject({ decision: 'inconclusive', percent: 5, servedBy: 'stable' })
  expect(result.reasons.join('\n')).toMatch(/about [\d,]+ more samples would decide/)
})

test('where it is wished, nothing shown against a revision is enough', async () => {
  const { result } = await rollOut({}, { stepForMs: 300, undecided: 'promote', failedShareMax: 0 })
  expect(result).toMatchObject({ decision: 'promoted', servedBy: 'candidate' })
  expect(result.reasons).toEqual(['at 100 % the candidate is not shown worse'])
})

test('traffic that ends or throws ends the rollout', async () => {
  const [stable, candidate] = [await revision(), await revision()]
  const canary = createCanary(plainSession())
  const options = { stable: stable.url, candidate: candidate.url }
  const result = await canary.rollOut(options, () => Promise.resolve())
  expect(result).toMatchObject({ decision: 'inconclusive', servedBy: 'stable' })
  expect(result.reasons[0]).toContain('no request reached the candidate')
  const failing = canary.rollOut(options, () => Promise.reject(new Error('no road')))
  await expect(failing).rejects.toThrow('no road')
})

test('a result is plain data', async () => {
  const { result } = await rollOut({ latencyMs: 40 })
  const read = JSON.parse(JSON.stringify(result)) as CanaryResult
  expect(read.steps[0]?.comparisons.map(({ figure }) => figure)).toEqual([
    'failed',
    'refused',
    'P50',
    'P95',
  ])
})
