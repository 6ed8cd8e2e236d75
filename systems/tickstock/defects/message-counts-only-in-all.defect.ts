import { defect, source } from 'etalon'

export default defect(
  'a message of a universe says how many changed, and not how many came and left',
  {
    refutes: ['TICK-RED-12', 'TICK-ETF-07'],
    plant: source('src/producer/universe/told-change.ts', {
      find: '    added_count: added.length,\n    removed_count: removed.length,\n',
      replace: '',
    }),
  },
)
