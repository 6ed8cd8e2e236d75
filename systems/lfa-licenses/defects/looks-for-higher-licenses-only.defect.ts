import { defect, source } from 'etalon'

export default defect('the check finds a licence above its progress and none below it', {
  refutes: ['LFA-T-35'],
  plant: source('src/store/inconsistency.ts', {
    find: 'coalesce(c.progress_level <> c.license_level, false)',
    replace: 'coalesce(c.progress_level < c.license_level, false)',
  }),
})
