import { claim } from 'etalon'

interface Change {
  readonly action: string
  readonly symbols_added: readonly string[]
  readonly symbols_removed: readonly string[]
}

claim('TICK-DB-04', async ({ sql, prove }) => {
  const change = (symbols: readonly string[]): Promise<Change> =>
    sql.value<Change>('select update_etf_universe($1, $2, $3)', [
      'bonds',
      JSON.stringify(symbols),
      '{}',
    ])
  const created = await change(['AGG', 'BND'])
  const updated = await change(['BND', 'TLT'])
  const unchanged = await change(['TLT', 'BND'])
  prove('the first call', created.action).equals('created')
  prove('the second', updated.action).equals('updated')
  prove('added by it', updated.symbols_added.join()).equals('TLT')
  prove('removed by it', updated.symbols_removed.join()).equals('AGG')
  prove('the same set again', unchanged.action).equals('unchanged')
})
