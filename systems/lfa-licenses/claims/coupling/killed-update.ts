import { eventually, hold, outcomeOfResponse, statement } from 'etalon'
import type { HttpClient, Random, Sql } from 'etalon'
import type { FaultSpec, InjectedFault } from 'etalon/faults'
import {
  coupledSpecializations,
  insertStudents,
  levelsOf,
  setLevel,
  type Levels,
  type Pair,
} from '../coupled-pair.ts'

/** From the first write of the transaction to the answer that it is committed. */
export const moments = {
  'before progress is written': statement(/update specialization_progress/i),
  'before the licence is made': statement(/insert into user_licenses/i),
  'before the licence is written': statement(/update user_licenses/i),
  'before the change is recorded': statement(/insert into license_progressions/i),
  'before the commit': statement(/^commit/i),
  'after the commit, before its answer': statement(/^commit/i, { at: 'answer' }),
} as const

export type Moment = keyof typeof moments

/** Between the two writes; the others are before and after. */
const betweenWrites: readonly Moment[] = [
  'before the licence is made',
  'before the licence is written',
]

/** An update of a pair, and what the pair was before it. */
export interface Attempt extends Pair {
  /** Half of the updates meet a pair that is there, half make both of its sides. */
  readonly before: Levels
}

/** The level that every attempt asks for. */
export const levelAsked = 3

/** Draws students and what they have, and puts it into the database. */
export async function prepareAttempts(
  sql: Sql,
  random: Random,
  count: number,
): Promise<readonly Attempt[]> {
  const attempts = (await insertStudents(sql, random, count)).map((studentId): Attempt => {
    const level = random.pick([null, 1])
    const before = { progress: level, license: level }
    return { studentId, specialization: random.pick(coupledSpecializations), before }
  })
  const there = attempts.filter(({ before }) => before.progress !== null)
  await sql.run(
    `with pair as (
       select * from unnest($1::bigint[], $2::text[]) as given (student, specialization)
     ), progress as (
       insert into specialization_progress (student_id, specialization_id, total_xp)
       select student, specialization, 1 from pair
     )
     insert into user_licenses (user_id, specialization_type, started_at, is_coupled)
     select student, specialization, now(), true from pair`,
    [there.map(({ studentId }) => studentId), there.map(({ specialization }) => specialization)],
  )
  return attempts
}

/** A service that can be held on its way to PostgreSQL, killed and started again. */
export interface Stage {
  readonly sql: Sql
  readonly random: Random
  readonly admin: HttpClient
  readonly inject: (fault: FaultSpec) => Promise<InjectedFault>
  readonly kill: () => Promise<unknown>
  readonly startAgain: () => Promise<unknown>
}

/** What was killed, and what it left. */
export interface KilledUpdates {
  readonly kills: number
  /** Updates held before their second write when their service was killed. */
  readonly updates: number
  /** Of these, those whose transaction had written its first. */
  readonly betweenWrites: number
  /** Pairs that are not as they were. */
  readonly changed: readonly object[]
}

/**
 * Kills the service with so many updates at once between their two writes, at either moment in turn,
 * until all were tried; it ends early where an update was not between them.
 */
export async function killBetweenWrites(
  stage: Stage,
  attempts: readonly Attempt[],
  atOnce: number,
): Promise<KilledUpdates> {
  const changed: object[] = []
  const inTurn = stage.random.shuffle([...betweenWrites])
  let [kills, updates, writing] = [0, 0, 0]
  for (const wave of chunksOf(attempts, atOnce)) {
    const moment = inTurn[kills % inTurn.length] as Moment
    const found = await killOnce(stage, wave, moment)
    kills += 1
    updates += found.updates
    writing += found.betweenWrites
    const [left] = await Promise.all([changedOnes(stage.sql, wave), stage.startAgain()])
    changed.push(...left.map((pair) => ({ kind: 'kill', moment, ...pair })))
    if (found.betweenWrites < wave.length) break
  }
  return { kills, updates, betweenWrites: writing, changed }
}

/**
 * Kills the service while every update of a wave is held on its way to the second write; the
 * database says how many of their transactions are open and have written.
 */
async function killOnce(
  { sql, admin, inject, kill }: Stage,
  wave: readonly Attempt[],
  moment: Moment,
): Promise<Pick<KilledUpdates, 'updates' | 'betweenWrites'>> {
  const fault = await inject(hold(moments[moment]))
  const answers = wave.map((pair) =>
    setLevel(admin, pair, levelAsked).then(outcomeOfResponse, String),
  )
  await fault.held({ count: wave.length })
  let betweenWrites = 0
  await eventually(async () => {
    betweenWrites = await sql.value<number>(writingTransactions)
    return betweenWrites === wave.length
  }, 5_000)
  await kill()
  const { messages } = await fault.heal()
  await Promise.all(answers)
  return { updates: messages, betweenWrites }
}

/** Transactions of the service that have written and wait for what the service asks next. */
const writingTransactions = `select count(*)::int from pg_stat_activity
  where datname = current_database() and application_name = 'lfa-licenses'
    and wait_event = 'ClientRead' and backend_xid is not null`

async function changedOnes(sql: Sql, wave: readonly Attempt[]): Promise<object[]> {
  const found = await Promise.all(
    wave.map(async (attempt) => ({ ...attempt, found: await levelsOf(sql, attempt) })),
  )
  return found.filter((pair) => !isSame(pair.found, pair.before))
}

export function isSame(one: Levels, other: Levels): boolean {
  return one.progress === other.progress && one.license === other.license
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_none, at) =>
    items.slice(at * size, (at + 1) * size),
  )
}
