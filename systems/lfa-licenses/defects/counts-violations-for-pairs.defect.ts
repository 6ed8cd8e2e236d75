import { defect, source } from 'etalon'

export default defect('a pair with two things wrong counts as two inconsistent pairs', {
  refutes: ['LFA-HLT-01'],
  plant: source('src/store/inconsistency.ts', {
    find: '(select count(*) from bad) as inconsistent',
    replace: '(select count(*) from finding) as inconsistent',
  }),
})
