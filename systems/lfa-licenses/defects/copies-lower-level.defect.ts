import { defect, source } from 'etalon'

export default defect('of two levels the lower one is recommended', {
  refutes: ['LFA-CPL-09'],
  plant: source('src/integrity.ts', {
    find: '(levels.progress_level ?? 0) > (levels.license_level ?? 0)',
    replace: '(levels.progress_level ?? 0) < (levels.license_level ?? 0)',
  }),
})
