import { defect, source } from 'etalon'

export default defect('the command for new listings does the market caps', {
  refutes: ['TICK-CLI-02'],
  plant: source('src/producer/command/cache-sync.ts', {
    find: "runOrdered(context, options, 'ipo_assignment')",
    replace: "runOrdered(context, options, 'market_cap')",
  }),
})
