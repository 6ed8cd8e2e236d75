import { claim, describeDifference, type Sql, type SystemHandle } from 'etalon'
import { placeOf, specializations, type Specialization } from '../license.ts'
import { countOthers, expectedCopies, readCopies } from './migrated-license.ts'
import { plantOlderLicenses, plantRows } from './older-license.ts'
import { personOf, type Person } from '../person.ts'

const users = 150
const ledger = 'public.schema_migrations'

claim(
  'LFA-T-63',
  { isolation: 'exclusive', timeoutMs: 180_000 },
  async ({ system, sql, random, migrations, prove }) => {
    const admin = await personOf(system, 'admin')
    const holder = await personOf(system, 'student:older')
    await system.kill()
    const ran = [await migrate(system, 'down', 12)]
    await plantOlderLicenses(sql, random, users)
    await plantRows(sql, rowsOf(holder))
    const holders = await issueBefore(sql)
    const before = await migrations.fingerprint({ ledger })
    const others = await countOthers(sql)

    ran.push(await migrate(system, 'up', 13))
    const expected = await expectedCopies(sql, holders)
    const copies = await readCopies(sql)
    prove('rows of the older table', expected.length).isAtLeast(users)
    prove('copies that are not as the older row', differing(copies, expected)).isEmpty()
    prove('licences of no older row', await countOthers(sql)).equals(others)
    const books = { levelsUnrecorded: 0, xpUnbooked: 0 }
    prove('levels without a record, and XP without a booking', await openBooks(sql)).equals(books)

    const differencesTo = async (earlier: typeof before): Promise<string[]> => {
      const now = await migrations.fingerprint({ ledger })
      return migrations.differences(earlier, now).map(describeDifference)
    }
    const after = await migrations.fingerprint({ ledger })
    await sql.run(`delete from schema_migrations where name like '0013-%'`)
    ran.push(await migrate(system, 'up', 13))
    prove('what doing it twice has changed', await differencesTo(after)).isEmpty()
    ran.push(await migrate(system, 'down', 12))
    prove('what undoing it has left', await differencesTo(before)).isEmpty()

    ran.push(await migrate(system, 'up'))
    await system.startAgain()
    const belt = await holder.get<License>('/api/v1/gancuju/licenses/me').expect(200)
    prove('the belt that its holder sees', belt.body).holds({ current_level: 5, is_active: true })
    const { body: coach } = await holder.get<License>('/api/v1/coach/licenses/me').expect(200)
    await admin.post('/api/v1/coach/theory-hours', { license_id: coach.id, hours: 7 }).expect(200)
    await system.kill()
    ran.push(await migrate(system, 'down', 12))
    const kept = await readCopies(sql)
    prove(
      'copies that undoing leaves, because they were used',
      kept.map(({ user_id, specialization }) => [user_id, specialization]),
    ).equals([[holder.id, 'COACH']])
    ran.push(await migrate(system, 'up'))
    const again = await readCopies(sql)
    prove('copies that are not as the older row, in the end', differing(again, expected)).isEmpty()
    prove('licences of no older row, in the end', await countOthers(sql)).equals(others)
    prove(
      'commands that failed',
      ran.filter(({ code }) => code !== 0),
    ).isEmpty()
    prove(
      'how often the migration was run and undone',
      ran.filter(({ stdout }) => stdout.includes('0013-migrate-user-licenses')).length,
    ).equals(ran.length)
  },
)

interface License {
  readonly id: number
  readonly current_level: number
  readonly is_active: boolean
}

function migrate(
  system: SystemHandle,
  direction: 'up' | 'down',
  to?: number,
): ReturnType<SystemHandle['run']> {
  const target = to === undefined ? [] : ['--to', String(to)]
  return system.run(['node', 'src/migrate.ts', direction, ...target], ({ postgres }) => ({
    MIGRATE_DATABASE_URL: postgres.url('owner'),
  }))
}

/** Two belts under two names, of which the higher one counts, and a coach's licence. */
function rowsOf({ id }: Person): Parameters<typeof plantRows>[1] {
  const row = { user_id: id, last_advanced_at: null, expires_at: null, is_active: true }
  const started_at = new Date('2026-08-31T12:00:00Z')
  return [['PLAYER', 5] as const, ['GANCUJU', 3] as const, ['COACH', 2] as const].map(
    ([specialization_type, level]) => ({
      ...row,
      started_at,
      specialization_type,
      current_level: level,
      max_achieved_level: level,
    }),
  )
}

const insertColumns = {
  LFA_PLAYER: [`age_group`, `'PRO'`],
  GANCUJU: ['current_level', '4'],
  INTERNSHIP: ['expires_at', `'2031-01-01'`],
  COACH: ['expires_at', `'2031-01-01'`],
} as const

/** Gives some of the users a licence in the new tables before they are filled, most of it active. */
async function issueBefore(sql: Sql): Promise<Record<Specialization, ReadonlySet<number>>> {
  const holders: Partial<Record<Specialization, ReadonlySet<number>>> = {}
  for (const [at, name] of specializations.entries()) {
    const [column, value] = insertColumns[name]
    const rows = await sql.rows<{ user_id: number; is_active: boolean }>(
      `insert into ${placeOf[name].licenses} (user_id, is_active, ${column})
       select id, id % 3 > 0, ${value} from users
       where email like 'older-%' and id % 5 = ${at} returning user_id, is_active`,
    )
    const active = rows.filter(({ is_active }) => is_active)
    holders[name] = new Set(active.map(({ user_id }) => user_id))
  }
  return holders as Record<Specialization, ReadonlySet<number>>
}

/** Copies above level 1 without one record of it, and XP that no transaction accounts for. */
function openBooks(sql: Sql): Promise<unknown> {
  return sql.one(
    `select
       (select count(*) from (
         select id, current_level from gancuju_licenses where legacy_license_id is not null
         union all
         select id, current_level from internship_licenses where legacy_license_id is not null
         union all
         select id, current_level from coach_licenses where legacy_license_id is not null
       ) copy where (current_level > 1)::integer <> (
         select count(*) from license_progressions p
         where p.license_id = copy.id and p.from_level = 1 and p.to_level = copy.current_level
       )) as "levelsUnrecorded",
       (select count(*) from internship_licenses l where legacy_license_id is not null
         and total_xp <> (select coalesce(sum(amount), 0) from xp_transactions x
           where x.license_id = l.id)) as "xpUnbooked"`,
  )
}

function differing(found: readonly unknown[], expected: readonly unknown[]): unknown[] {
  const length = Math.max(found.length, expected.length)
  return Array.from({ length }, (_none, at) => ({
    expected: expected[at],
    found: found[at],
  })).filter((pair) => !isSame(pair.expected, pair.found))
}

function isSame(a: unknown, b: unknown): boolean {
  const sorted = (row: unknown): string =>
    JSON.stringify(Object.entries(row ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return sorted(a) === sorted(b)
}
