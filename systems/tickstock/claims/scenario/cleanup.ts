import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { claim, type Sql } from 'etalon'
import { inFolder, tickstock } from '../scenario-command.ts'

claim('TICK-SCN-13', { timeoutMs: 120_000 }, async ({ system, sql, random, prove }) => {
  const url = system.services.redis.url
  const key = `kept:${random.text(8)}`
  // Live names that only look like those of tests.
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     values ('TESTA', 'Testing Instruments', 'CS', '2020-01-02')`,
  )
  await sql.run(
    `insert into cache_entries (cache_key, symbols)
     values ('testing_shares', '["TESTA"]'), ('test_shares', '["TEST_CRASH_2020"]')`,
  )
  await inFolder(async (folder) => {
    await tickstock(system, ['scenario', 'load', 'crash_2020', 'candle_patterns'])
    await tickstock(system, ['scenario', 'generate', 'crash_2020'], { temporary: folder })
    await mkdir(join(folder, 'another-program'), { recursive: true })
    await writeFile(join(folder, 'another-program', 'kept.csv'), 'kept')
    for (const database of [0, 13, 14, 15])
      await inRedis(url, database, (redis) => redis.set(key, '1'))

    prove('test data beforehand', await counts(sql)).satisfies('something of each kind', (found) =>
      Object.values(found).every((count) => count > 0),
    )
    const { code } = await tickstock(system, ['scenario', 'clean'], { temporary: folder })
    prove('exit code of cleaning', code).equals(0)
    prove('test data afterwards', await counts(sql)).equals({ symbols: 0, bars: 0, universes: 0 })
    const kept: Record<number, boolean> = {}
    for (const database of [0, 13, 14, 15]) {
      kept[database] = (await inRedis(url, database, (redis) => redis.exists(key))) === 1
    }
    prove('keys in the databases of Redis', kept).equals({
      0: true,
      13: false,
      14: false,
      15: false,
    })
    const files = {
      generated: await exists(join(folder, 'tickstock-scenarios')),
      foreign: await exists(join(folder, 'another-program', 'kept.csv')),
    }
    prove('files', files).equals({ generated: false, foreign: true })
  })
  const live = await sql.one<object>(
    `select (select count(*)::integer from symbols where symbol = 'TESTA') as symbols,
       (select count(*)::integer from cache_entries where cache_key = 'testing_shares') as universes`,
  )
  prove('what is live and has a similar name', live).equals({ symbols: 1, universes: 1 })
})

function counts(sql: Sql): Promise<Record<string, number>> {
  return sql.one(
    String.raw`select
       (select count(*)::integer from symbols where symbol like 'TEST\_%') as symbols,
       (select count(*)::integer from scenario.bars) as bars,
       (select count(*)::integer from cache_entries where cache_key like 'test\_%') as universes`,
  )
}

type Redis = ReturnType<typeof createClient>

async function inRedis<Result>(
  url: string,
  database: number,
  work: (redis: Redis) => Promise<Result>,
): Promise<Result> {
  const redis = createClient({ url, database })
  await redis.connect()
  try {
    return await work(redis as Redis)
  } finally {
    redis.destroy()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
