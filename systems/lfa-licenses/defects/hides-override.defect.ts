import { defect, source } from 'etalon'

export default defect('the audit log does not tell an override from an earned certification', {
  refutes: ['LFA-D-12/coach-override'],
  plant: source('src/operation/certification.ts', {
    find: 'after: { current_level: level.level, reason, is_override: isOverride },',
    replace: 'after: { current_level: level.level },',
  }),
})
