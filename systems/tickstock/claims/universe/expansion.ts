import { claim, eventually, type Prove, type SystemHandle } from 'etalon'
import { expand } from '../expansion.ts'

const publicThemes = [
  'sectors',
  'growth',
  'value',
  'international',
  'commodities',
  'technology',
  'bonds',
]

interface Entry {
  readonly key: string
  readonly symbols: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
  readonly filter: unknown
}

claim(
  ['TICK-ETF-01', 'TICK-ETF-02', 'TICK-ETF-04'],
  { timeoutMs: 120_000 },
  async ({ system, sql, prove }) => {
    const { code, stderr, result } = await expand(system)
    prove('how the command ended', { code, stderr }).equals({ code: 0, stderr: '' })
    prove('themes', result.themes).isAtLeast(5)
    prove('symbols that were judged', result.symbols).isAtLeast(200)
    const judged = result.universes.flatMap(({ accepted, rejected }) => [
      ...accepted,
      ...rejected.map(({ symbol }) => symbol),
    ])
    prove('different symbols with a verdict', new Set(judged).size).equals(result.symbols)
    prove('verdicts, one for each candidate of each theme', judged.length).equals(result.candidates)
    prove('symbols in and out', result.accepted + result.rejected).equals(result.candidates)
    const silent = result.universes.flatMap(({ rejected }) =>
      rejected.filter(({ reasons }) => reasons.length === 0),
    )
    prove('rejected without a reason', silent).isEmpty()
    prove(
      'the least of accepted and rejected',
      Math.min(result.accepted, result.rejected),
    ).isAtLeast(20)

    const entries = await sql.rows<Entry>(
      `select cache_key as key, symbols, universe_metadata as metadata, liquidity_filter as filter
     from cache_entries where cache_key = any ($1) and universe_category = 'ETF'
     order by cache_key`,
      [result.universes.map(({ universe }) => universe)],
    )
    const keptLists = entries.map(({ key, symbols }) => [key, symbols])
    const toldLists = result.universes.map(({ universe, accepted }) => [universe, accepted])
    prove('universes as they are kept and told', keptLists).equals(toldLists)
    const keys = new Set(entries.map(({ key }) => key))
    prove(
      'public themes without a universe of their key',
      publicThemes.filter((theme) => !keys.has(`etf_${theme}`)),
    ).isEmpty()

    const incomplete = entries.filter(({ metadata }) =>
      ['theme', 'description', 'criteria', 'focus', 'rebalance_frequency', 'count', 'updated'].some(
        (field) => (metadata[field] ?? '') === '',
      ),
    )
    prove('universes whose metadata lacks a field', incomplete).isEmpty()
    const untrue = entries.filter(
      ({ key, symbols, metadata, filter }) =>
        metadata['count'] !== symbols.length ||
        `etf_${String(metadata['theme'])}` !== key ||
        JSON.stringify(metadata['criteria']) !== JSON.stringify(filter),
    )
    prove('universes whose metadata is not of them', untrue).isEmpty()
    const changes = [
      ['a change', `select update_etf_universe('factor', '["MTUM"]', null)`],
      [
        'a list that is written as before',
        `update cache_entries set symbols = '["MTUM", "QUAL", "USMV"]' where cache_key = 'etf_factor'`,
      ],
    ] as const
    for (const [what, statement] of changes) await proveTrueAfter(system, what, statement, prove)
  },
)

/** What is told of the universe of factors, in each place where it is told. */
const toldOfFactor = `select jsonb_array_length(symbols) as held,
    (universe_metadata ->> 'count')::integer as count,
    (get_etf_universe('factor', false) -> 'metadata' ->> 'count')::integer as given,
    (universe_metadata ->> 'updated')::timestamptz as updated,
    summary.last_updated at time zone 'UTC' as listed,
    weight.weighed, weight.total
  from cache_entries
  cross join (
    select last_updated from get_etf_universes_summary() where theme = 'factor'
  ) as summary
  cross join (
    select count(weight)::integer as weighed, round(sum(weight), 6)::float8 as total
    from universe_members where cache_key = 'etf_factor' and valid_to is null
  ) as weight
  where cache_key = 'etf_factor'`

/** Changes the universe of factors and proves that what is told of it is true of it then. */
async function proveTrueAfter(
  { sql }: SystemHandle,
  what: string,
  statement: string,
  prove: Prove,
): Promise<void> {
  const begun = await sql.value<Date>('select clock_timestamp()')
  await sql.run(statement)
  const { held, updated, listed, ...told } = await sql.one<{
    held: number
    updated: Date
    listed: Date
  }>(toldOfFactor)
  prove(`count and weights after ${what}`, told).equals({
    count: held,
    given: held,
    weighed: held,
    total: 1,
  })
  prove(`its times after ${what}`, [updated, listed]).satisfies(
    'those of the change, and one',
    (times) => times.every((at) => at >= begun) && Number(updated) === Number(listed),
  )
}

interface Told {
  readonly event_type: string
  readonly payload: {
    readonly universe?: string
    readonly theme?: string
    readonly change_count: number
    readonly added_count?: number
    readonly removed_count?: number
    readonly actions: readonly { action: string; symbol: string; reason: string }[]
    readonly summary?: Readonly<Record<string, unknown>>
  }
}

claim(['TICK-ETF-07', 'TICK-T-01'], { timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  await expand(system)
  const mark = () => sql.value<number>('select coalesce(max(position), 0) from outbox')
  const toldSince = (position: number) =>
    sql.rows<Told>(
      `select event_type, payload from outbox
       where position > $1 and channel = 'tickstock.universe.updated' order by position`,
      [position],
    )
  const before = await mark()
  await sql.run("update etf_metadata set aum = 1 where symbol in ('AGG', 'GLD')")
  const changed = await expand(system)
  const told = await toldSince(before)
  prove('universes that changed', changed.result.changed).equals(['etf_bonds', 'etf_commodities'])
  prove(
    'messages of it',
    told.map(({ event_type, payload }) => [event_type, payload.universe, payload.change_count]),
  ).equals([
    ['universe_updated', 'etf_bonds', 1],
    ['universe_updated', 'etf_commodities', 1],
    ['expansion_complete', undefined, 2],
  ])
  prove('what the first says', told[0]?.payload).holds({
    theme: 'bonds',
    added_count: 0,
    removed_count: 1,
    actions: [{ action: 'removed', symbol: 'AGG', reason: 'assets of 1 are below 1000000000' }],
  })
  prove('what the summary says', told[2]?.payload.summary).holds({
    themes: 11,
    symbols: 288,
    changed: ['etf_bonds', 'etf_commodities'],
  })
  const arrived = await eventually(async () => {
    const count = await sql.value<number>(
      `select count(*) from consumer.notices join outbox on outbox.id = message_id
       where position > $1 and notices.channel = 'tickstock.universe.updated'`,
      [before],
    )
    return count === 3
  }, 5_000)
  prove('whether the consumer heard all of them within 5 s', arrived).isTrue()

  const then = await mark()
  const again = await expand(system)
  prove('changes of the same expansion again', again.result.changed).isEmpty()
  const toldAgain = await toldSince(then)
  prove(
    'messages of it, when nothing changed',
    toldAgain.map(({ event_type, payload }) => [event_type, payload.change_count]),
  ).equals([['expansion_complete', 0]])
  const viewer = await system.actor('viewer')
  const { body } = await viewer
    .get<{ sample: string[]; last_change: { removed: object[] } }>('/universes/etf_bonds')
    .expect(200)
  prove('the change that the consumer shows', body.last_change.removed).equals([
    { symbol: 'AGG', reason: 'assets of 1 are below 1000000000' },
  ])
  await sql.run(`update etf_metadata set aum = 5e10 where symbol in ('AGG', 'GLD')`)
})
