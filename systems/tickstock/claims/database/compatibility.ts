import { claim, describeDifference, type Sql } from 'etalon'
import { ledger, stepsOf } from '../migrating.ts'
import { plantRows } from '../planted-row.ts'

/** The version before there were universes: entries are a key and a list of symbols. */
const before = '3'
/** The version in which the metadata of a universe did not follow a list that was written so. */
const untold = '10'

claim(
  'TICK-T-34',
  { isolation: 'exclusive', timeoutMs: 600_000 },
  async ({ system, sql, random, migrations, prove }) => {
    await Promise.all([system.kill('consumer'), system.kill('producer')])
    const producer = system.sqlAs('producer')
    const worked = await workAsBefore(producer).catch((error: unknown) => ({
      refused: (error as Error).message,
    }))
    prove('what a program of before finds in the new schema', worked).equals({
      inserted: ['AAA', 'BBB'],
      updated: ['BBB', 'CCC'],
      upserted: ['CCC', 'DDD'],
      columns: 'cache_key,created_at,id,symbols,updated_at',
    })
    prove('memberships that follow it', await membersOf(sql, 'as_before')).equals(['CCC', 'DDD'])

    const steps = stepsOf(system)
    const newest = steps.versions.at(-1) as string
    await producer.run(
      `select update_etf_universe('past', '["AAA", "BBB"]', '{"focus": "claims"}')`,
    )
    const ran = [await steps.down(untold)]
    await producer.run(`update cache_entries set symbols = '["CCC"]' where cache_key = 'etf_past'`)
    ran.push(await steps.up(newest))
    const repaired = await sql.value<boolean>(
      `select universe_metadata ->> 'count' = '1' and not exists (
         select from sync_changes_log
         where universe = cache_key and created_at > last_universe_update at time zone 'UTC'
       ) from cache_entries where cache_key = 'etf_past'`,
    )
    prove('metadata that a list had left behind is true after the migrations', repaired).isTrue()

    ran.push(await steps.down(before))
    await sql.run(
      `insert into cache_entries (cache_key, symbols) values ('older', '["AAA", "BBB"]')`,
    )
    ran.push(await steps.up(newest))
    const entry = await sql.one(
      `select symbols, universe_category from cache_entries where cache_key = 'older'`,
    )
    prove('an entry of before, after the migrations', entry).equals({
      symbols: ['AAA', 'BBB'],
      universe_category: null,
    })
    prove('its memberships', await membersOf(sql, 'older')).equals(['AAA', 'BBB'])
    ran.push(await steps.down(before))
    const kept = await sql.value(`select symbols from cache_entries where cache_key = 'as_before'`)
    prove('a list of the new version, in the one before', kept).equals(['CCC', 'DDD'])
    await sql.run('delete from cache_entries')
    ran.push(await steps.up(newest))
    prove(
      'migrations that failed',
      ran.filter(({ code }) => code !== 0),
    ).isEmpty()

    const seed = (): Promise<void> => plantRows(sql, random)
    const trip = await migrations.roundTrip({ steps, seed, ledger })
    prove('moves up and down that failed', trip.failed).isEmpty()
    prove(
      'what is not as it was',
      trip.differences.map((one) => `${one.version} ${one.on}: ${describeDifference(one)}`),
    ).isEmpty()
    prove('migrations that changed nothing', trip.idle).isEmpty()
    prove('tables that were empty when they were undone', trip.empty).isEmpty()
  },
)

/** Writes and reads an entry with the columns of before, as programs did that know no others. */
async function workAsBefore(sql: Sql): Promise<object> {
  const listOf = (rows: readonly { symbols: string[] }[]): string[] => rows[0]?.symbols ?? []
  const inserted = await sql.rows<{ symbols: string[] }>(
    `insert into cache_entries (cache_key, symbols) values ('as_before', '["AAA", "BBB"]')
     returning symbols`,
  )
  const updated = await sql.rows<{ symbols: string[] }>(
    `update cache_entries set symbols = '["BBB", "CCC"]', updated_at = now()
     where cache_key = 'as_before' returning symbols`,
  )
  const upserted = await sql.rows<{ symbols: string[] }>(
    `insert into cache_entries (cache_key, symbols) values ('as_before', '["CCC", "DDD"]')
     on conflict (cache_key) do update set symbols = excluded.symbols returning symbols`,
  )
  const row = await sql.one<object>(
    `select id, cache_key, symbols, created_at, updated_at from cache_entries
     where cache_key = 'as_before'`,
  )
  return {
    inserted: listOf(inserted),
    updated: listOf(updated),
    upserted: listOf(upserted),
    columns: Object.keys(row).toSorted().join(),
  }
}

async function membersOf(sql: Sql, key: string): Promise<string[]> {
  const rows = await sql.rows<{ symbol: string }>(
    `select symbol from universe_members where cache_key = $1 and valid_to is null
     order by symbol`,
    [key],
  )
  return rows.map(({ symbol }) => symbol)
}
