import type { Actor, Random, SystemHandle } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

/** What a mix of reads and writes was answered from, and what it cost the database. */
export interface MixCost {
  readonly cacheReads: number
  readonly databaseReads: number
  /** Statements that the service sent. */
  readonly statements: number
}

/**
 * The load of the source document on a smaller scale: 1,000 characters, 100 users who look at
 * something twice a second, and 12,500 interactions an hour are, within the five minutes that a
 * character is kept, 60 reads of each character and one write for each 58 reads. Here 25 characters
 * are read and written in the same proportions.
 */
const operations = 1_500
const charactersShown = 25

/** Looks around in an ecosystem as its pages do; the same `random` gives the same mix. */
export async function costOfMix(system: SystemHandle, random: Random): Promise<MixCost> {
  const { owner, ecosystem, characters } = await setScene(system, {
    characters: charactersShown,
    settings: { energy_regen: 100 },
  })
  const before = await figuresOf(system)
  for (let step = 0; step < operations; step += 1) {
    await takeStep(owner, ecosystem, characters, random)
  }
  const after = await figuresOf(system)
  return {
    cacheReads: after.cacheReads - before.cacheReads,
    databaseReads: after.databaseReads - before.databaseReads,
    statements: after.statements - before.statements,
  }
}

async function takeStep(
  owner: Actor,
  ecosystem: string,
  characters: readonly Character[],
  random: Random,
): Promise<void> {
  const [one, other] = random.shuffle(characters) as [Character, Character]
  const per1000 = random.integer(0, 999)
  if (per1000 < 17) {
    await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  } else if (per1000 < 20) {
    const current_context = `Thinks of ${random.text(4)}`
    await owner.patch(`/api/v1/characters/${one.id}`, { current_context }).expect(200)
  } else if (per1000 < 520) await owner.get(`/api/v1/characters/${one.id}`).expect(200)
  else if (per1000 < 850) await owner.get(`/api/v1/characters/${one.id}/relationships`).expect(200)
  else await owner.get(`/api/v1/ecosystems/${ecosystem}`).expect(200)
}

async function figuresOf(system: SystemHandle): Promise<MixCost> {
  const { body } = await system.anonymous.get<string>('/metrics').expect(200)
  const sum = (from: string): number =>
    [...body.matchAll(/^observatory_cache_reads_total\{(.*)\} (\d+)$/gm)]
      .filter(([, labels]) => labels?.includes(`from="${from}"`) === true)
      .reduce((total, [, , count]) => total + Number(count), 0)
  await system.sql.run('create extension if not exists pg_stat_statements')
  const statements = await system.sql.value<number>(
    `select coalesce(sum(calls), 0)::integer from pg_stat_statements
     join pg_database on pg_database.oid = dbid join pg_roles on pg_roles.oid = userid
     where datname = current_database() and rolname <> current_user`,
  )
  return { cacheReads: sum('cache'), databaseReads: sum('database'), statements }
}
