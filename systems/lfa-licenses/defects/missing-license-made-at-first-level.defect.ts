import { defect, source } from 'etalon'

export default defect('a missing licence is made at level 1, whatever the level of progress', {
  refutes: ['LFA-CPL-03'],
  plant: source('src/store/coupled-license.ts', {
    find: 'values ($1, $2, $3, $3, $4, case',
    replace: 'values ($1, $2, 1, 1, $4, case',
  }),
})
