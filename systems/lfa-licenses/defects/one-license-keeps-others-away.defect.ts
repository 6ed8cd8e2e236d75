import { defect, source } from 'etalon'

export default defect('whoever holds a licence is not taken as an applicant for another', {
  refutes: ['LFA-T-01'],
  plant: source('src/store/user.ts', {
    find: 'on s.id = $2 and s.is_active where u.id = $1`',
    replace: `on s.id = $2 and s.is_active where u.id = $1
     and not exists (select from v_all_active_licenses a where a.user_id = u.id)\``,
  }),
})
