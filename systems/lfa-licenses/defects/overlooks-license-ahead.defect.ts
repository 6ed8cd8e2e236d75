import { defect, source } from 'etalon'

export default defect('a licence above its progress is not found', {
  refutes: ['LFA-CPL-08'],
  plant: source('src/store/inconsistency.ts', {
    find: 'coalesce(c.progress_level <> c.license_level, false)',
    replace: 'coalesce(c.progress_level > c.license_level, false)',
  }),
})
