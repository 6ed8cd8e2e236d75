import { defect, source } from 'etalon'

export default defect('the check walks progress and never sees a licence that has none', {
  refutes: ['LFA-HLT-01'],
  plant: source('src/store/inconsistency.ts', {
    find: 'full join license l',
    replace: 'left join license l',
  }),
})
