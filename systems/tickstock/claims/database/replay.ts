import { claim, type Random, type Sql } from 'etalon'

const alphabet = 'ABCDEFGHIJKL'.split('').map((letter) => `ZZ${letter}`)

interface Logged {
  readonly universe: string
  readonly symbol: string
  readonly action: 'added' | 'removed'
  readonly at: string
}

claim('TICK-T-37', async ({ system, sql, random, prove }) => {
  const mark = random.text(8)
  const themes = ['a', 'b', 'c'].map((name) => `${name}_${mark}`)
  const producer = system.sqlAs('producer')
  await Promise.all(
    ['one', 'two', 'three', 'four'].map((actor) => update(producer, random.fork(actor), themes)),
  )
  // Nobody who comes after it can put right what this leaves.
  for (const theme of themes)
    await writeAsBefore(producer, theme, random.shuffle(alphabet).slice(3))

  const log = await sql.rows<Logged>(
    `select universe, symbol, action, created_at::text as at from sync_changes_log
     where universe like $1 order by id`,
    [`etf\\__\\_${mark}`],
  )
  const replayed = replay(log)
  prove('changes that were replayed', log.length).isAtLeast(100)
  prove('changes of what already was so', replayed.wrong).isEmpty()
  const held = await sql.rows<{ period: string }>(
    `select concat_ws(' ', cache_key, symbol, valid_from::text, coalesce(valid_to::text, 'now'))
       as period
     from universe_members where cache_key like $1`,
    [`etf\\__\\_${mark}`],
  )
  prove(
    'periods of membership that the log does not tell, or tells otherwise',
    differences(
      held.map(({ period }) => period),
      replayed.periods,
    ),
  ).isEmpty()
  for (const theme of themes) {
    const symbols = await sql.value<string[]>(
      'select symbols from cache_entries where cache_key = $1',
      [`etf_${theme}`],
    )
    prove(`the list of ${theme.slice(0, 1)}, and its replay`, symbols).equals(
      [...(replayed.sets.get(`etf_${theme}`) ?? [])].toSorted(),
    )
  }
})

/** Changes universes at random, in each of the ways in which they can be changed. */
async function update(sql: Sql, random: Random, themes: readonly string[]): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    const theme = random.pick(themes)
    const symbols = random.shuffle(alphabet).slice(0, random.integer(0, alphabet.length))
    const way = random.integer(0, 3)
    if (way === 0) {
      await sql.run("select change_universe($1, $2, 'market_cap', 'a size')", [
        `etf_${theme}`,
        symbols,
      ])
    } else if (way === 1) {
      await writeAsBefore(sql, theme, symbols)
    } else {
      await sql.run("select update_etf_universe($1, $2, '{}')", [theme, JSON.stringify(symbols)])
    }
  }
}

/** Writes the list itself, as was done before there were functions for it. */
function writeAsBefore(sql: Sql, theme: string, symbols: readonly string[]): Promise<number> {
  return sql.run(
    `insert into cache_entries (cache_key, symbols) values ($1, $2)
     on conflict (cache_key) do update set symbols = excluded.symbols`,
    [`etf_${theme}`, JSON.stringify(symbols.toSorted())],
  )
}

/** The sets that a log leads to, the periods that it tells of, and what cannot have happened. */
function replay(log: readonly Logged[]): {
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>
  readonly periods: readonly string[]
  readonly wrong: readonly Logged[]
} {
  const began = new Map<string, string>()
  const sets = new Map<string, Set<string>>()
  const periods: string[] = []
  const wrong: Logged[] = []
  for (const entry of log) {
    const { universe, symbol, action, at } = entry
    const set = sets.get(universe) ?? new Set()
    sets.set(universe, set)
    const member = `${universe} ${symbol}`
    if (set.has(symbol) === (action === 'added')) wrong.push(entry)
    if (action === 'added') {
      set.add(symbol)
      began.set(member, at)
    } else {
      set.delete(symbol)
      periods.push(`${member} ${began.get(member)} ${at}`)
      began.delete(member)
    }
  }
  for (const [member, at] of began) periods.push(`${member} ${at} now`)
  return { sets, periods, wrong }
}

function differences(some: readonly string[], others: readonly string[]): string[] {
  const [left, right] = [new Set(some), new Set(others)]
  return [
    ...[...left].filter((one) => !right.has(one)).map((one) => `held: ${one}`),
    ...[...right].filter((one) => !left.has(one)).map((one) => `told: ${one}`),
  ]
}
