import { claim, failed, ok, type ClaimContext } from 'etalon'
import { expand } from '../expansion.ts'

const stateOf = `
  select (select jsonb_agg(entry order by cache_key) from cache_entries as entry
      where universe_category = 'ETF') as entries,
    (select jsonb_agg(m order by cache_key, symbol, valid_from) from universe_members as m) as members,
    (select count(*) from sync_changes_log) as log`

claim('TICK-ETF-10', { timeoutMs: 120_000 }, async (context) => {
  const { system, sql, prove } = context
  await expand(system)
  const before = await sql.one<object>(stateOf)
  const same = await expand(system)
  prove('changes when it is done again', same.result.changed).isEmpty()
  prove(
    'universes that it wrote',
    same.result.universes.filter(({ action }) => action !== 'unchanged'),
  ).isEmpty()
  prove('what it left in the database', await sql.one<object>(stateOf)).equals(before)

  await sql.run(
    `update etf_metadata set aum = case when aum < 5e8 then 5e10 else 1 end
     where symbol in (select symbol from universe_members where cache_key = 'etf_growth')
       or symbol in ('VUG', 'IWF', 'TLT')`,
  )
  const logged = await sql.value<number>('select coalesce(max(id), 0) from sync_changes_log')
  const rivals = await Promise.all(Array.from({ length: 3 }, () => expand(system)))
  prove(
    'how three at once ended',
    rivals.map(({ code }) => code),
  ).equals([0, 0, 0])
  const winners = rivals.filter(({ result }) => result.changed.length > 0)
  prove('those of them that changed anything', winners.length).equals(1)
  prove('what it changed', winners[0]?.result.changed ?? []).satisfies(
    'growth and bonds',
    (changed) => ['etf_growth', 'etf_bonds'].every((key) => changed.includes(key)),
  )
  const twice = await sql.rows(
    `select universe, symbol from sync_changes_log where id > $1
     group by universe, symbol having count(*) > 1`,
    [logged],
  )
  prove('changes that were logged twice', twice).isEmpty()
  const accepted = rivals.map(({ result }) =>
    result.universes.map(({ universe, accepted: symbols }) => [universe, symbols]),
  )
  prove('lists on which the three agree', accepted[1]).equals(accepted[0])
  prove('and the third', accepted[2]).equals(accepted[0])
  await proveOneWinner(context)
})

/** Lets eight at once set one universe to different lists. */
async function proveOneWinner({
  system,
  sql,
  random,
  histories,
  prove,
}: ClaimContext): Promise<void> {
  const theme = `rivals_${random.text(8)}`
  const lists = [
    ['ZZA', 'ZZB', 'ZZC'],
    ['ZZC', 'ZZD'],
    ['ZZA', 'ZZE', 'ZZF', 'ZZG'],
  ]
  const producer = system.sqlAs('producer')
  const history = await histories.concurrently(
    { actors: 8, operations: 120, input: () => random.pick(lists) },
    async (symbols) => {
      try {
        const change = await producer.value<{ symbols_count: number }>(
          'select update_etf_universe($1, $2, $3)',
          [theme, JSON.stringify(symbols), '{}'],
        )
        return ok(change.symbols_count === symbols.length)
      } catch (error) {
        return failed((error as Error).message)
      }
    },
  )
  prove('changes at once, of 120, that failed', history.failed).isEmpty()
  prove(
    'changes that left another list than the one that was given',
    history.ok.filter(({ outcome }) => outcome.kind === 'ok' && !outcome.output),
  ).isEmpty()
  const end = await sql.value<string[]>('select symbols from cache_entries where cache_key = $1', [
    `etf_${theme}`,
  ])
  prove('the list in the end', end).satisfies('one of those that were given', (symbols) =>
    lists.some((list) => list.join() === symbols.join()),
  )
}
