import type { Random, Sql } from 'etalon'

/**
 * Rows of each table in the order in which they may be made; `$1` is a mark that is never twice.
 * An entry has a symbol when it has a member: what becomes of older lists is claimed by itself.
 */
const plantings: readonly (readonly [table: string, statement: string])[] = [
  [
    'symbols',
    `insert into symbols (symbol, name, type, market_cap, initial_load_date)
     select upper($1) || n, 'Planted', case n when 1 then 'ETF' else 'CS' end, 1e9, '2026-01-02'
     from generate_series(1, 3) n`,
  ],
  [
    'etf_metadata',
    `insert into etf_metadata
       (symbol, name, aum, expense_ratio, avg_volume, liquidity_score, source, as_of)
     values (upper($1) || 1, 'Planted', 1e9, 0.1, 1000000, 50, 'planted', now())`,
  ],
  [
    'historical_data',
    `insert into historical_data (symbol, date, open, high, low, close, volume)
     select upper($1) || 1, date '2026-01-05' + n, 10, 12, 9, 11, 1000
     from generate_series(0, 3) n`,
  ],
  ['cache_entries', `insert into cache_entries (cache_key) values ('planted_' || $1)`],
  [
    'sync_runs',
    `insert into sync_runs (id, trading_day, trigger, window_ms)
     values (md5($1)::uuid, '2026-01-05', 'override', 1000)`,
  ],
  [
    'sync_expectation',
    `insert into sync_expectation (trading_day, since)
     select '2026-01-05', now() where length($1) > 0 on conflict do nothing`,
  ],
  [
    'sync_changes_log',
    `insert into sync_changes_log (run_id, change_type, universe, symbol, action, reason)
     values (md5($1)::uuid, 'manual', 'planted_' || $1, upper($1) || 1, 'added', 'planted')`,
  ],
  [
    'universe_members',
    `with member as (
       insert into universe_members (cache_key, symbol, weight, valid_from)
       values ('planted_' || $1, upper($1) || 1, 0.5, now()) returning cache_key, symbol
     )
     update cache_entries as entry set symbols = jsonb_build_array(symbol)
     from member where entry.cache_key = member.cache_key`,
  ],
  [
    'etf_relationships',
    `insert into etf_relationships
       (symbol, benchmark, window_days, correlation, told_correlation, as_of)
     values (upper($1) || 1, upper($1) || 2, 60, 0.5, 0.5, '2026-01-05')`,
  ],
  [
    'outbox',
    `insert into outbox (channel, event_type, payload)
     values ('tickstock.planted.row', 'planted', jsonb_build_object('mark', $1::text))`,
  ],
  [
    'channels',
    `insert into channels (channel) select 'tickstock.planted.row' where length($1) > 0
     on conflict do nothing`,
  ],
  [
    'scenario.test_scenarios',
    `with listed as (
       insert into symbols (symbol, name, type, initial_load_date)
       values ('TEST_PLANTED_' || upper($1), 'Planted', 'TEST', '2026-01-02') returning symbol
     )
     insert into scenario.test_scenarios (symbol, name, seed, config, outcomes)
     select symbol, 'planted', 42, '{}', '{}' from listed`,
  ],
  [
    'scenario.bars',
    `insert into scenario.bars (symbol, date, open, high, low, close, volume)
     values ('TEST_PLANTED_' || upper($1), '2026-01-05', 10, 12, 9, 11, 1000)`,
  ],
  [
    'scenario.minute_bars',
    `insert into scenario.minute_bars (symbol, date, minute, open, high, low, close, volume)
     values ('TEST_PLANTED_' || upper($1), '2026-01-05', 0, 10, 12, 9, 11, 1000)`,
  ],
  [
    'consumer.users',
    `insert into consumer.users (email, name, role, password_hash)
     values ($1 || '@planted.example', 'Planted', 'viewer', 'none')`,
  ],
  [
    'consumer.notices',
    `insert into consumer.notices (channel, seq, message_id, event_type, sent_at, message)
     select 'tickstock.planted.row', coalesce(max(seq), 0) + 1, md5($1)::uuid, 'planted', now(), '{}'
     from consumer.notices`,
  ],
  [
    'consumer.cursors',
    `insert into consumer.cursors (channel, last_seq)
     select 'tickstock.planted.row', 1 where length($1) > 0 on conflict do nothing`,
  ],
  [
    'consumer.dead_letters',
    `insert into consumer.dead_letters (channel, stream_id, reason, message)
     values ('tickstock.planted.row', $1, 'planted', '{}')`,
  ],
  [
    'consumer.gaps',
    `insert into consumer.gaps (channel, first_seq, last_seq)
     select 'tickstock.planted.row', coalesce(max(first_seq), 0) + 1, coalesce(max(first_seq), 0) + 1
     from consumer.gaps where length($1) > 0`,
  ],
]

/** Puts rows into every table that the schema has by now, whichever version it is. */
export async function plantRows(sql: Sql, random: Random): Promise<void> {
  const mark = `p${random.text(11)}`
  for (const [table, statement] of plantings) {
    const found = await sql.value<string | null>('select to_regclass($1)', [table])
    if (found !== null) await sql.run(statement, [mark])
  }
}
