import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { ask, testServer, type TestDatabase } from './database.ts'

const server = testServer()

describe('a migration under traffic', () => {
  const begin = async (): Promise<TestDatabase> => {
    const database = await server.database()
    await database.run('create table item (id int primary key, n int); create table other (id int)')
    await database.run('insert into item select g, 0 from generate_series(1, 8) g')
    return database
  }
  /** Ends when a session waits for a lock. */
  const untilSomebodyWaits = async (url: string): Promise<void> => {
    for (;;) {
      const waiting = await ask(url, `select from pg_locks where not granted`)
      if (waiting.length > 0) return
    }
  }

  test('tells the locks that were held, by whom they are felt, and that writers waited', async () => {
    const { url, migrations, run } = await begin()
    const traffic = await migrations.underTraffic({
      callers: 2,
      calmWrites: 10,
      write: (caller) => run(`update item set n = n + 1 where id = ${caller + 1}`),
      run: async () => {
        await withTransaction(url, async (query) => {
          await query('create table fresh (id int)')
          await query('create index other_id on other (id)')
          await query('alter table item add note text')
          await untilSomebodyWaits(url)
        })
      },
    })
    const locks = traffic.locks.map(({ relation, mode, blocks }) => `${relation} ${mode} ${blocks}`)
    expect(locks.sort()).toEqual([
      'public.item AccessExclusiveLock readers and writers',
      'public.other ShareLock writers',
    ])
    expect(traffic.locks.every(({ heldMs }) => heldMs > 0 && heldMs <= traffic.durationMs)).toBe(
      true,
    )
    expect(traffic.calm.writes).toBeGreaterThanOrEqual(15)
    expect(traffic.during.writes).toBeGreaterThanOrEqual(1)
    expect(traffic.during.longestMs).toBeGreaterThan(0)
    expect([...traffic.calm.failures, ...traffic.during.failures]).toEqual([])
    expect(traffic.problem).toBeUndefined()
  })

  test('where nobody works beside it, nobody has waited for a time', async () => {
    const { migrations, run } = await begin()
    const traffic = await migrations.underTraffic({
      callers: 0,
      write: () => Promise.resolve(),
      run: async () => {
        await run('alter table item add note text')
      },
    })
    expect(traffic.during).toEqual({ writes: 0, longestMs: Number.NaN, failures: [] })
  })

  test('an index that is built concurrently holds up nobody', async () => {
    const { migrations, run } = await begin()
    const traffic = await migrations.underTraffic({
      callers: 1,
      calmWrites: 5,
      write: () => run('update item set n = n + 1 where id = 1'),
      run: async () => {
        await run('create index concurrently item_n on item (n)')
      },
    })
    expect(traffic.locks.filter(({ blocks }) => blocks !== 'neither')).toEqual([])
    expect(await run(`select from pg_indexes where indexname = 'item_n'`)).toHaveLength(1)
  })

  test('tells of work that failed and of a migration that did', async () => {
    const { migrations, run } = await begin()
    const traffic = await migrations.underTraffic({
      callers: 1,
      calmWrites: 2,
      write: () => run('select old from item'),
      run: async () => {
        await run('alter table nowhere add x int')
      },
    })
    expect(traffic.problem).toContain('nowhere')
    expect(traffic.calm.failures[0]).toContain('old')
  })
})

async function withTransaction(
  url: string,
  work: (query: (text: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('begin')
  await work((text) => client.query(text))
  await client.query('commit')
  await client.end()
}
