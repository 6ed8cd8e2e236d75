import { defect, source } from 'etalon'

export default defect('one of the draws does not come from the seed', {
  refutes: ['TICK-SCN-04'],
  plant: source('src/producer/scenario/draft.ts', {
    find: 'usualVolume + 100 * random.integer(-3_000, 3_000)',
    replace: 'usualVolume + 100 * Math.floor(6_000 * Math.random() - 3_000)',
  }),
})
