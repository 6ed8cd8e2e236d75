import { defect, source } from 'etalon'

export default defect('the check counts pairs and calls them users', {
  refutes: ['LFA-HLT-01'],
  plant: source('src/store/inconsistency.ts', {
    find: 'count(distinct user_id) as users_checked',
    replace: 'count(*) as users_checked',
  }),
})
