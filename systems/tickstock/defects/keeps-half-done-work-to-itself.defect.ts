import { defect, source } from 'etalon'

export default defect('what a task had done before it failed is told by nobody', {
  refutes: ['TICK-SYN-05/half'],
  plant: source('src/producer/sync/execution.ts', {
    find: `told('failed', { error: text }).catch(() => ended(`,
    replace: `Promise.reject(new Error('untold')).catch(() => ended(`,
  }),
})
