import {
  claim,
  cut,
  hold,
  outcomeOfResponse,
  reset,
  statement,
  type ClaimContext,
  type HttpClient,
  type Random,
} from 'etalon'
import {
  addProgress,
  coupledSpecializations,
  desynchronized,
  insertStudents,
  levelsOf,
  setLevel,
  type Levels,
  type Pair,
} from './coupled-pair.ts'
import { personOf } from './person.ts'

/** From the first write of the transaction to the answer that it is committed. */
const moments = {
  'before progress is written': statement(/update specialization_progress/i, { times: 1 }),
  'before the licence is made': statement(/insert into user_licenses/i, { times: 1 }),
  'before the licence is written': statement(/update user_licenses/i, { times: 1 }),
  'before the change is recorded': statement(/insert into license_progressions/i, { times: 1 }),
  'before the commit': statement(/^commit/i, { times: 1 }),
  'after the commit, before its answer': statement(/^commit/i, { times: 1, at: 'answer' }),
} as const

type Moment = keyof typeof moments

/** Between the two writes; the others are before and after. */
const betweenWrites: readonly Moment[] = [
  'before the licence is made',
  'before the licence is written',
]

const interruptions = 500
const kills = 15

claim('LFA-T-36', { links: ['postgres'] }, async ({ system, sql, random, faults, prove }) => {
  const admin = await personOf(system, 'admin')
  const [studentId = 0] = await insertStudents(sql, random, 1)
  const pair: Pair = { studentId, specialization: 'PLAYER' }
  await addProgress(admin, pair, { xp_gained: 1 }).expect(200)

  const between = cut(moments['before the licence is written'])
  await faults.during('postgres', between, async () => {
    const { status } = await setLevel(admin, pair, 8)
    prove('answer of the update that was cut', status >= 500).isTrue()
  })
  const torn: Levels = { progress: 1, license: 1 }
  prove('levels after the cut', await levelsOf(sql, pair)).equals(torn)

  await setLevel(admin, pair, 8).expect(200)
  prove('levels after the update', await levelsOf(sql, pair)).equals({ progress: 8, license: 8 })
})

claim(['LFA-CPL-05', 'LFA-D-07'], { links: ['postgres'], timeoutMs: 180_000 }, async (context) => {
  const { system, sql, random, prove, note } = context
  const admin = await personOf(system, 'admin')
  const students = await insertStudents(sql, random, interruptions)
  const killed = new Set(
    random.shuffle(Array.from({ length: interruptions }, (_none, at) => at)).slice(0, kills),
  )
  const counts = new Map<string, number>()
  const wrong: unknown[] = []
  for (let index = 0; index < interruptions; index += 1) {
    const attempt = drawAttempt(random, students, index)
    const kind = killed.has(index) ? 'kill' : random.pick(['cut', 'reset'] as const)
    const moment = random.pick(kind === 'kill' ? betweenWrites : attempt.moments)
    const name = `${kind} ${moment}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
    const problem = await interrupt(context, admin, { ...attempt, kind, moment })
    if (problem) wrong.push({ index, name, pair: attempt.pair, ...problem })
  }
  note('interruptions', Object.fromEntries(counts))
  prove('updates that were interrupted', interruptions).equals(500)
  prove('pairs of which one side changed alone', await desynchronized(sql)).isEmpty()
  prove('updates lost though acknowledged, or not as asked', wrong).isEmpty()
})

interface Attempt {
  readonly pair: Pair
  readonly before: 'nothing' | 'level 1'
  /** Moments that such an update passes. */
  readonly moments: readonly Moment[]
}

interface Interruption extends Attempt {
  readonly kind: 'kill' | 'cut' | 'reset'
  readonly moment: Moment
}

/** Half of the updates meet a pair that is there, half make both of its sides. */
function drawAttempt(random: Random, students: readonly number[], index: number): Attempt {
  const pair: Pair = {
    studentId: students[index] ?? 0,
    specialization: random.pick(coupledSpecializations),
  }
  const every = Object.keys(moments) as Moment[]
  if (random.integer(0, 1) === 0) return { pair, before: 'level 1', moments: every }
  return { pair, before: 'nothing', moments: every }
}

/** Interrupts one update at one moment, and says what is wrong with what it left. */
async function interrupt(
  { system, sql, faults }: ClaimContext,
  admin: HttpClient,
  { pair, before, kind, moment }: Interruption,
): Promise<object | undefined> {
  if (before === 'level 1') await addProgress(admin, pair, { xp_gained: 1 }).expect(200)
  const earlier = await levelsOf(sql, pair)
  const level = 3
  const when = moments[moment]
  const fault = kind === 'kill' ? hold(when) : kind === 'cut' ? cut(when) : reset(when)
  const outcome = await faults.during('postgres', fault, async (injected) => {
    const request = setLevel(admin, pair, level).then(outcomeOfResponse, () => undefined)
    if (kind === 'kill') {
      await injected.held()
      await system.kill()
    }
    return request
  })
  if (kind === 'kill') await system.startAgain()
  const found = await levelsOf(sql, pair)
  const changed = found.progress === level && found.license === level
  const unchanged = found.progress === earlier.progress && found.license === earlier.license
  const isAcknowledged = outcome?.kind === 'ok'
  if (isAcknowledged ? changed : changed || unchanged) return undefined
  return { earlier, found, outcome }
}
