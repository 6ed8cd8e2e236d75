import { claim, type ClaimContext, cut, type HttpClient, outcomeOfResponse, reset } from 'etalon'
import { createHttp } from 'etalon/http'
import { plainSession } from 'etalon/session'
import {
  addProgress,
  desynchronized,
  insertStudents,
  levelsOf,
  setLevel,
  type Levels,
  type Pair,
} from '../coupled-pair.ts'
import { personOf } from '../person.ts'
import {
  isSame,
  killBetweenWrites,
  levelAsked,
  moments,
  prepareAttempts,
  type Attempt,
  type Moment,
  type Stage,
} from './killed-update.ts'

/** Updates that are between their two writes when the service is killed. */
const killed = 500
/** So many are held by one service, each on a connection of its own, and die with it. */
const killedAtOnce = 100
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

// `npm run bench -- kills` kills as many services as updates here, each with one.
claim(['LFA-CPL-05', 'LFA-D-07'], { links: ['postgres'], timeoutMs: 300_000 }, async (context) => {
  const { system, sql, random, faults, prove, note } = context
  const admin = await personOf(system, 'admin')
  const attempts = await prepareAttempts(sql, random, killed + cutOrReset)
  const kill = (): Promise<void> => system.kill()
  const startAgain = (): Promise<void> =>
    system.startAgain('api', { DATABASE_POOL_MAX: String(killedAtOnce) })
  await kill()
  await startAgain()
  const link = faults.link('postgres')
  const inject: Stage['inject'] = (fault) => link.inject(fault)
  // Each holds a connection until its service is dead: more than the claim's own client opens.
  const crowd = createHttp({
    baseUrl: system.url,
    session: plainSession(random.seed),
    connections: killedAtOnce,
  })
  const many = crowd.as('admin', admin.headers)
  const { changed, ...held } = await killBetweenWrites(
    { sql, random, admin: many, inject, kill, startAgain },
    attempts.slice(0, killed),
    killedAtOnce,
  )
  await crowd.close()
  const wrong: unknown[] = [...changed]
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
