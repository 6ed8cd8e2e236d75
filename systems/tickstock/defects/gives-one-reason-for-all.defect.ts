import { defect, source } from 'etalon'

export default defect('every change of a universe has the same reason', {
  refutes: ['TICK-SYN-10'],
  plant: source('src/producer/sync/universe-change.ts', {
    find: 'JSON.stringify(Object.fromEntries(reasons)),',
    replace: "'{}',",
  }),
})
