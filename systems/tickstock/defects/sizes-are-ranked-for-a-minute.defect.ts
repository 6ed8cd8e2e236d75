import { defect, source } from 'etalon'

/** In short statements: one that says nothing for half a minute would lose its lease. */
export default defect('ranking the companies by size takes a minute', {
  refutes: ['TICK-PERF-15/synchronization'],
  plant: source('src/producer/sync/market-cap.ts', {
    find: 'const stocks = await findSizedStocks(',
    replace: `for (let part = 0; part < 18; part += 1) await work.sql.query({ text: 'select pg_sleep(4)' })
    const stocks = await findSizedStocks(`,
  }),
})
