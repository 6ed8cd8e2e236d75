import { defect, source } from 'etalon'

export default defect('the rebalancing goes through the themes and changes nothing', {
  refutes: ['TICK-SYN-07'],
  plant: source('src/producer/sync/theme-rebalance.ts', {
    find: 'if (reasons.size === 0) return',
    replace: 'if (reasons.size >= 0) return',
  }),
})
