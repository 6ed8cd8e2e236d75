import { describe, expect, test } from 'vitest'
import { describeDifference, type RoundTrip } from '../../../src/instruments/migrations/index.ts'
import { testServer } from './database.ts'
import { first, ledger, second, seedOf, toolOn, type TestVersion } from './tool.ts'

const server = testServer()

async function tripOf(versions: Readonly<Record<string, TestVersion>>): Promise<RoundTrip> {
  const database = await server.database()
  const steps = toolOn(database.url, versions)
  return database.migrations.roundTrip({ steps, seed: seedOf(database), ledger })
}

describe('a round trip', () => {
  test('finds nothing where everything can be undone, and says what it did', async () => {
    const trip = await tripOf({ 1: first, 2: second })
    expect(trip.differences.map(describeDifference)).toEqual([])
    expect(trip).toMatchObject({ failed: [], idle: [], empty: [] })
    const moves = trip.moves.map(({ what, to }) => `${what} ${to ?? 0}`)
    expect(moves.join(', ')).toBe(
      'down 0, up 1, down 0, up 1, up 2, down 1, up 2, down 1, down 0, up 2',
    )
  })

  test.each<readonly [string, TestVersion, string, string]>([
    [
      'an index that stays',
      { up: 'create index more on person (note)', down: 'select 1' },
      'down',
      'index public.more is new',
    ],
    [
      'a privilege that is not given back',
      { up: 'revoke select on person from reader', down: 'select 1' },
      'down',
      'table public.person differs in privileges of reader: SELECT, then nothing',
    ],
    [
      'a column that comes back empty',
      { up: 'alter table person drop note', down: 'alter table person add note text' },
      'down',
      'data public.person differs in checksum',
    ],
    [
      'rows that are lost on the way down',
      {
        up: 'alter table person add nick text',
        down: `alter table person drop nick; delete from person where name = 'B'`,
      },
      'down',
      'data public.person differs in rows: 2, then 1',
    ],
    [
      'rows that are changed on the way up',
      {
        up: `alter table person add nick text; update person set name = lower(name)`,
        down: `alter table person drop nick; update person set name = upper(name)`,
      },
      'kept going up',
      'data public.person differs in checksum',
    ],
    [
      'what only rows of the new version lose',
      {
        up: `alter table person add nick text default 'new'`,
        down: `delete from person where nick = 'newest'; alter table person drop nick`,
      },
      'kept going down',
      'data public.person differs in rows',
    ],
    [
      'a default that differs the second time',
      {
        up: `do $$ begin execute format('alter table person add nick text default %L',
               case when to_regclass('was_here') is null then 'first' else 'second' end); end $$;
             create table if not exists was_here ()`,
        down: 'alter table person drop nick',
      },
      'up again',
      'column public.person.nick differs in default',
    ],
  ])('finds %s', async (_what, version, on, sentence) => {
    const database = await server.database()
    const steps = toolOn(database.url, { 1: first, 2: version })
    const seedPersons = seedOf(database)
    const seed = async (reached: string): Promise<void> => {
      if (reached === '2' && version.up.includes('drop note')) return
      await seedPersons('1')
      if (reached === '2' && version.up.includes(`default 'new'`)) {
        await database.run(`update person set nick = 'newest' where id % 10 = 1`)
      }
    }
    const trip = await database.migrations.roundTrip({ steps, seed, ledger })
    const found = trip.differences.map(
      (one) => `${one.version} ${one.on}: ${describeDifference(one)}`,
    )
    expect(found.join('\n')).toContain(`2 ${on}: ${sentence}`)
  })

  test('finds what fails over rows only', async () => {
    const { failed } = await tripOf({
      1: first,
      2: {
        up: 'create table purchase (id int primary key, person_id int references person (id))',
        down: `do $$ begin if exists (select from purchase) then raise 'rows'; end if; end $$;
               drop table purchase`,
      },
    })
    expect(failed).toMatchObject([{ what: 'down', to: '1', problem: 'rows' }])
  })

  test('says which version did nothing and which table was empty', async () => {
    const trip = await tripOf({
      1: {
        up: `${first.up}; create table lonely (id int)`,
        down: `${first.down}; drop table lonely`,
      },
      2: second,
      3: { up: 'select 1', down: 'select 1' },
    })
    expect(trip).toMatchObject({ idle: ['3'], empty: ['public.lonely'], differences: [] })
  })
})

test('applications and schemas that are declared to go together are tried', async () => {
  const { url, migrations, run } = await server.database()
  const steps = toolOn(url, { 1: first, 2: second })
  await steps.up('2')
  const tried = await migrations.tryPairings({
    steps,
    declared: [
      { application: 'old', schema: '2', works: true },
      { application: 'new', schema: '1', works: true },
      { application: 'old', schema: '1', works: true },
    ],
    work: (application) => run(`select name ${application === 'new' ? ', email' : ''} from person`),
  })
  expect(tried).toMatchObject([
    { found: 'works' },
    { found: 'fails', problem: 'column "email" does not exist' },
    { found: 'works' },
  ])
})
