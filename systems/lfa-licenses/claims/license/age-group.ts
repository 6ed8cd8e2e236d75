import { claim, type Random, type Sql } from 'etalon'
import { runExpiryJob } from '../expiry-job.ts'
import { personOf, type Person } from '../person.ts'

/** The 1 July on or before a moment. */
function seasonOf(now: Date): number {
  return now.getUTCMonth() >= 6 ? now.getUTCFullYear() : now.getUTCFullYear() - 1
}

/** A user born on a day; gives his id. */
function personBorn(sql: Sql, random: Random, day: string): Promise<number> {
  return sql.value(
    `insert into users (email, name, role, date_of_birth)
     values ($1, 'Born ' || $2, 'STUDENT', $2::date) returning id`,
    [`${random.text(12)}@lfa.example`, day],
  )
}

interface PlayerAnswer {
  readonly id?: number
  readonly age_group?: string
  readonly error?: { readonly code: string }
}

/** Has a player's licence issued; gives the age group, or the reason why not. */
async function groupOf(
  admin: Person,
  user_id: number,
  age_group?: string,
): Promise<string | undefined> {
  const { body } = await admin.post<PlayerAnswer>('/api/v1/lfa-player/licenses', {
    user_id,
    age_group,
  })
  return body.age_group ?? body.error?.code
}

const notAllowed = 'LFA_AGE_NOT_ALLOWED'

claim('LFA-D-15', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:bands')
  const season = seasonOf(new Date())
  const aged = (years: number): Promise<number> =>
    personBorn(sql, random, `${season - years}-07-01`)

  const natural = [
    [5, 'PRE'],
    [13, 'PRE'],
    [14, 'YOUTH'],
    [18, 'YOUTH'],
    [19, 'AMATEUR'],
    [40, 'AMATEUR'],
  ] as const
  for (const [years, group] of natural) {
    prove(`group at ${years}`, await groupOf(admin, await aged(years))).equals(group)
  }
  const tooYoung = await personBorn(sql, random, `${season - 5}-07-02`)
  prove('group at 4 on the day the season starts', await groupOf(admin, tooYoung)).equals(
    notAllowed,
  )

  const asked = [
    [4, 'PRE', notAllowed],
    [5, 'PRE', 'PRE'],
    [13, 'PRE', 'PRE'],
    [14, 'PRE', notAllowed],
    [13, 'YOUTH', notAllowed],
    [14, 'YOUTH', 'YOUTH'],
    [18, 'YOUTH', 'YOUTH'],
    [19, 'YOUTH', notAllowed],
    [13, 'AMATEUR', notAllowed],
    [14, 'AMATEUR', 'AMATEUR'],
    [60, 'AMATEUR', 'AMATEUR'],
    [15, 'PRO', notAllowed],
    [16, 'PRO', 'PRO'],
    [60, 'PRO', 'PRO'],
  ] as const
  for (const [years, group, answer] of asked) {
    const found = await groupOf(admin, await aged(years), group)
    prove(`${group} asked for at ${years}`, found).equals(answer)
  }
})

claim('LFA-R-15', { clock: 'movable' }, async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:season')
  const season = seasonOf(system.clock.now()) + 1
  const at = (day: string): Promise<void> => system.clock.moveTo(new Date(`${day}T12:00:00Z`))
  const groups = async (of: readonly number[]): Promise<string[]> => {
    const rows = await sql.rows<{ age_group: string }>(
      'select age_group from lfa_player_licenses where user_id = any($1) order by user_id',
      [of],
    )
    return rows.map((row) => row.age_group)
  }
  // Fourteen or nineteen on the first day of the season, and on the day after it.
  const born = [
    `${season - 14}-07-01`,
    `${season - 14}-07-02`,
    `${season - 19}-07-01`,
    `${season - 19}-07-02`,
  ]
  const issue = async (): Promise<number[]> => {
    const ids: number[] = []
    for (const day of born) {
      const id = await personBorn(sql, random, day)
      await groupOf(admin, id)
      ids.push(id)
    }
    return ids
  }

  await at(`${season}-06-30`)
  const early = await issue()
  prove('groups the day before the season', await groups(early)).equals([
    'PRE',
    'PRE',
    'YOUTH',
    'YOUTH',
  ])
  await runExpiryJob(system)
  prove('groups after the job of that day', await groups(early)).equals([
    'PRE',
    'PRE',
    'YOUTH',
    'YOUTH',
  ])

  const moved = ['YOUTH', 'PRE', 'AMATEUR', 'YOUTH']
  await at(`${season}-07-01`)
  await runExpiryJob(system)
  prove('groups on the first day of the season', await groups(early)).equals(moved)
  prove('groups of licences issued that day', await groups(await issue())).equals(moved)

  // Long after the second birthday of the season, and on its last day, nothing has moved.
  await at(`${season + 1}-06-30`)
  await runExpiryJob(system)
  prove('groups on the last day of the season', await groups(early)).equals(moved)
  prove('groups of licences issued that day', await groups(await issue())).equals(moved)
  await at(`${season + 1}-07-01`)
  await runExpiryJob(system)
  const next = ['YOUTH', 'YOUTH', 'AMATEUR', 'AMATEUR']
  prove('groups in the season after', await groups(early)).equals(next)

  const audited = await sql.value<number>(
    `select count(*) from audit_log a join lfa_player_licenses l on l.id = a.entity_id
     where a.action = 'license.move-age-group' and l.user_id = any($1)`,
    [early],
  )
  prove('audit entries of four moves', audited).equals(4)
})
