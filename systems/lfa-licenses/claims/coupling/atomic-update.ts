import {
  claim,
  type ClaimContext,
  cut,
  eventually,
  hold,
  type HttpClient,
  outcomeOfResponse,
  type Random,
  reset,
  type Sql,
  statement,
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
} from '../coupled-pair.ts'
import { personOf } from '../person.ts'

/** From the first write of the transaction to the answer that it is committed. */
const moments = {
  'before progress is written': statement(/update specialization_progress/i),
  'before the licence is made': statement(/insert into user_licenses/i),
  'before the licence is written': statement(/update user_licenses/i),
  'before the change is recorded': statement(/insert into license_progressions/i),
  'before the commit': statement(/^commit/i),
  'after the commit, before its answer': statement(/^commit/i, { at: 'answer' }),
} as const

type Moment = keyof typeof moments

/** Between the two writes; the others are before and after. */
const betweenWrites: readonly Moment[] = [
  'before the licence is made',
  'before the licence is written',
]

/** Updates that are between their two writes when the service is killed. */
const killed = 500
/** So many are held by one service, each on a connection of its own, and die with it. */
const killedAtOnce = 50
const cutOrReset = 120

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

claim(['LFA-CPL-05', 'LFA-D-07'], { links: ['postgres'], timeoutMs: 300_000 }, async (context) => {
  const { system, sql, random, prove, note } = context
  const admin = await personOf(system, 'admin')
  const attempts = (await insertStudents(sql, random, killed + cutOrReset)).map((studentId) =>
    drawAttempt(random, studentId),
  )
  await prepare(admin, attempts)
  const held = { updates: 0, betweenWrites: 0, kills: 0 }
  const wrong: unknown[] = []
  const restart = (): Promise<void> =>
    system.startAgain('api', { DATABASE_POOL_MAX: String(killedAtOnce) })
  await system.kill()
  await restart()
  for (const wave of chunksOf(attempts.slice(0, killed), killedAtOnce)) {
    const moment = random.pick(betweenWrites)
    const found = await killBetween(context, admin, { wave, moment })
    await restart()
    held.kills += 1
    held.updates += found.held
    held.betweenWrites += found.betweenWrites
    wrong.push(...(await changedOnes(sql, wave)))
    if (found.betweenWrites < wave.length) break
  }
  const counts = new Map<string, number>()
  for (const attempt of attempts.slice(killed)) {
    const kind = random.pick(['cut', 'reset'] as const)
    const moment = random.pick(Object.keys(moments) as Moment[])
    counts.set(`${kind} ${moment}`, (counts.get(`${kind} ${moment}`) ?? 0) + 1)
    const problem = await interrupt(context, admin, { ...attempt, kind, moment })
    if (problem) wrong.push({ kind, moment, ...attempt, ...problem })
  }
  note('interruptions', { ...held, ...Object.fromEntries(counts) })
  prove('updates held before their second write when the service was killed', held.updates).equals(
    killed,
  )
  prove('of these, transactions that had written their first', held.betweenWrites).equals(killed)
  prove('updates whose connection was cut or reset', cutOrReset).equals(120)
  prove('pairs of which one side changed alone', await desynchronized(sql)).isEmpty()
  prove('updates lost though acknowledged, or not as asked', wrong).isEmpty()
})

interface Attempt extends Pair {
  /** Half of the updates meet a pair that is there, half make both of its sides. */
  readonly before: Levels
}

function drawAttempt(random: Random, studentId: number): Attempt {
  const level = random.pick([null, 1])
  return {
    studentId,
    specialization: random.pick(coupledSpecializations),
    before: { progress: level, license: level },
  }
}

/** Makes the pairs that are there before their update. */
async function prepare(admin: HttpClient, attempts: readonly Attempt[]): Promise<void> {
  const there = attempts.filter(({ before }) => before.progress === 1)
  for (const some of chunksOf(there, 20)) {
    await Promise.all(some.map((pair) => addProgress(admin, pair, { xp_gained: 1 }).expect(200)))
  }
}

const levelAsked = 3

interface Wave {
  readonly wave: readonly Attempt[]
  readonly moment: Moment
}

/**
 * Kills the service while every update of a wave is held on its way to the second write; the
 * database says how many of their transactions are open and have written.
 */
async function killBetween(
  { system, sql, faults }: ClaimContext,
  admin: HttpClient,
  { wave, moment }: Wave,
): Promise<{ readonly held: number; readonly betweenWrites: number }> {
  const fault = await faults.link('postgres').inject(hold(moments[moment]))
  const updates = wave.map((pair) =>
    setLevel(admin, pair, levelAsked).then(outcomeOfResponse, String),
  )
  await fault.held({ count: wave.length })
  let betweenWrites = 0
  await eventually(async () => {
    betweenWrites = await sql.value<number>(writing)
    return betweenWrites === wave.length
  }, 5_000)
  await system.kill()
  const { messages } = await fault.heal()
  await Promise.all(updates)
  return { held: messages, betweenWrites }
}

/** Transactions of the service that have written and wait for what the service asks next. */
const writing = `select count(*)::int from pg_stat_activity
  where datname = current_database() and application_name = 'lfa-licenses'
    and wait_event = 'ClientRead' and backend_xid is not null`

/** Pairs that are not as they were. */
async function changedOnes(sql: Sql, wave: readonly Attempt[]): Promise<unknown[]> {
  const changed: unknown[] = []
  for (const attempt of wave) {
    const found = await levelsOf(sql, attempt)
    if (!isSame(found, attempt.before)) changed.push({ kind: 'kill', ...attempt, found })
  }
  return changed
}

interface Interruption extends Attempt {
  readonly kind: 'cut' | 'reset'
  readonly moment: Moment
}

/** Interrupts one update at one moment, and says what is wrong with what it left. */
async function interrupt(
  { sql, faults }: ClaimContext,
  admin: HttpClient,
  { kind, moment, before, ...pair }: Interruption,
): Promise<object | undefined> {
  const fault = kind === 'cut' ? cut(moments[moment]) : reset(moments[moment])
  const outcome = await faults.during('postgres', fault, () =>
    setLevel(admin, pair, levelAsked).then(outcomeOfResponse, () => undefined),
  )
  const found = await levelsOf(sql, pair)
  const changed = isSame(found, { progress: levelAsked, license: levelAsked })
  const isAcknowledged = outcome?.kind === 'ok'
  if (isAcknowledged ? changed : changed || isSame(found, before)) return undefined
  return { found, outcome }
}

function isSame(one: Levels, other: Levels): boolean {
  return one.progress === other.progress && one.license === other.license
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_none, at) =>
    items.slice(at * size, (at + 1) * size),
  )
}
