import { claim, type Random, type Sql } from 'etalon'
import { openAcademy, takeIn } from '../academy.ts'
import { answerTo, refusals } from '../database-refusal.ts'
import type { LicenseIds } from '../license.ts'
import { randomSkills } from '../skill.ts'

/** XP from which on an internship has each level, as the specification lists it. */
const internshipXp = [0, 1_000, 2_500, 4_500, 7_000, 10_000, 13_500, 17_500]

const writesPerTable = 20

claim('LFA-T-22', async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'triggers', { sessions: 0 })
  const { licenseIds, holder } = await takeIn(system, academy, 'student:triggers')
  const app = system.sqlAs('app')
  const writes = [
    ...skillWrites(random),
    ...competitionWrites(random),
    ...levelWrites(random, 'gancuju_licenses'),
    ...levelWrites(random, 'coach_licenses'),
    ...xpWrites(random),
  ]
  const wrong: unknown[] = []
  for (const { table, set, follows } of writes) {
    const { moved, ...found } = await written(app, table, { set, follows, licenseIds })
    const isRight = Object.entries(follows).every(([column, value]) => found[column] === value)
    if (!isRight || moved !== true) wrong.push({ table, set, expected: follows, found, moved })
  }
  prove('writes', writes.length).equals(5 * writesPerTable + 2 * (internshipXp.length - 1))
  prove('writes after which a column that follows from it was wrong', wrong).isEmpty()

  await sql.run(
    `insert into user_licenses (user_id, specialization_type, started_at)
     values ($1, 'COACH', now())`,
    [holder.id],
  )
  await sql.run(
    `insert into specialization_progress (student_id, specialization_id) values ($1, 'COACH')`,
    [holder.id],
  )
  prove('tables that lose track of their last change', await untracked(sql)).isEmpty()
  prove('how the database answers to forbidden writes', await forbidden(app)).equals({
    overall_avg: refusals.generated,
    win_rate: refusals.generated,
    'highest level, by the service': refusals.forbidden,
    'level of an internship, by the service': refusals.forbidden,
  })
})

type Row = Readonly<Record<string, unknown>>

/** A write, and what the other columns have to be after it. */
interface Write {
  readonly table: string
  readonly set: string
  readonly follows: Row
}

function skillWrites(random: Random): Write[] {
  return Array.from({ length: writesPerTable }, () => {
    const { skills, overall } = randomSkills(random)
    const set = Object.entries(skills).map(([name, value]) => `${name} = ${value}`)
    return { table: 'lfa_player_licenses', set: set.join(), follows: { overall_avg: overall } }
  })
}

function competitionWrites(random: Random): Write[] {
  return Array.from({ length: writesPerTable }, (_none, at) => {
    const entered = at === 0 ? 0 : random.integer(1, 40)
    const won = random.integer(0, entered)
    const rate = entered === 0 ? 0 : Math.round((won * 10_000) / entered) / 100
    const set = `competitions_entered = ${entered}, competitions_won = ${won}`
    return { table: 'gancuju_licenses', set, follows: { win_rate: rate } }
  })
}

function levelWrites(random: Random, table: string): Write[] {
  let highest = 1
  return Array.from({ length: writesPerTable }, () => {
    const level = random.integer(1, Math.min(8, highest + 1))
    highest = Math.max(highest, level)
    const follows = { current_level: level, max_achieved_level: highest }
    return { table, set: `current_level = ${level}`, follows }
  })
}

/** Up and down anywhere, and then one short of each level and exactly at it. */
function xpWrites(random: Random): Write[] {
  const anywhere = Array.from({ length: writesPerTable }, () => random.integer(0, 30_000))
  const edges = internshipXp.slice(1).flatMap((xp) => [xp - 1, xp])
  let highest = 1
  return [...anywhere, ...edges].map((xp) => {
    const level = internshipXp.filter((needed) => needed <= xp).length
    highest = Math.max(highest, level)
    const follows = { current_level: level, max_achieved_level: highest }
    return { table: 'internship_licenses', set: `total_xp = ${xp}`, follows }
  })
}

const specializationOf = {
  lfa_player_licenses: 'LFA_PLAYER',
  gancuju_licenses: 'GANCUJU',
  internship_licenses: 'INTERNSHIP',
  coach_licenses: 'COACH',
} as const

async function written(
  sql: Sql,
  table: string,
  { set, follows, licenseIds }: Pick<Write, 'set' | 'follows'> & { licenseIds: LicenseIds },
): Promise<Row> {
  const columns = Object.keys(follows).join(', ')
  const id = licenseIds[specializationOf[table as keyof typeof specializationOf]]
  return sql.one<Row>(
    `update ${table} set ${set} where id = $1
     returning ${columns}, new.updated_at > old.updated_at as moved`,
    [id],
  )
}

/** Of all tables with `updated_at`, those in which a write does not move it. */
async function untracked(sql: Sql): Promise<{ name: string; moved: boolean | undefined }[]> {
  const tables = await sql.rows<{ name: string }>(
    `select table_name as name from information_schema.columns join information_schema.tables
       using (table_schema, table_name)
     where table_schema = 'public' and column_name = 'updated_at' and table_type = 'BASE TABLE'`,
  )
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await sql.rows<{ moved: boolean }>(
        `update ${name} set id = id where id = (select max(id) from ${name})
         returning new.updated_at > old.updated_at as moved`,
      )
      return { name, moved: row?.moved }
    }),
  )
  return found.filter(({ moved }) => moved !== true)
}

async function forbidden(app: Sql): Promise<Row> {
  return {
    overall_avg: await answerTo(app, 'update lfa_player_licenses set overall_avg = 1'),
    win_rate: await answerTo(app, 'update gancuju_licenses set win_rate = 1'),
    'highest level, by the service': await answerTo(
      app,
      'update coach_licenses set max_achieved_level = 1',
    ),
    'level of an internship, by the service': await answerTo(
      app,
      'update internship_licenses set current_level = 8',
    ),
  }
}
