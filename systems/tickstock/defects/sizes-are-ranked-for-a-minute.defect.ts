import { defect, source } from 'etalon'

export default defect('ranking the companies by size takes a minute', {
  refutes: ['TICK-PERF-15/synchronization'],
  plant: source('src/producer/sync/market-cap.ts', {
    find: 'const stocks = await findSizedStocks(',
    replace: `await new Promise((resolve) => setTimeout(resolve, 61_000))
    const stocks = await findSizedStocks(`,
  }),
})
