import { defect, source } from 'etalon'

export default defect('a load of some symbols ends the trading day', {
  refutes: ['TICK-ETF-06'],
  plant: source('src/producer/loader/bars.ts', {
    find: '  if (incomplete.length > 0) log.warn(',
    replace: `  await pool.query({
    text: "select publish_message('tickstock.eod.complete', 'eod_complete', $1)",
    values: [JSON.stringify({ trading_day: tradingDay, symbols: symbols.length })],
  })
  if (incomplete.length > 0) log.warn(`,
  }),
})
