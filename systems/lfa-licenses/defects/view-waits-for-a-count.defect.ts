import { defect, source } from 'etalon'

export default defect('the own view of licences waits until a count is made', {
  refutes: ['LFA-PERF-06'],
  plant: source('src/store/active-license.ts', {
    find: 'from v_all_active_licenses where user_id = $1 order by license_id`',
    replace: 'from v_all_active_licenses, pg_sleep(0.15) where user_id = $1 order by license_id`',
  }),
})
