import { defect, source } from 'etalon'

export default defect('universes that did not change are told of as well', {
  refutes: ['TICK-ETF-07'],
  plant: source('src/producer/universe/expansion.ts', {
    find: '  if (told.change_count === 0) return\n',
    replace: '',
  }),
})
