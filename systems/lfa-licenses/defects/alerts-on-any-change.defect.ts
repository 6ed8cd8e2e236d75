import { defect, source } from 'etalon'

export default defect('a status that gets better raises an alert too', {
  refutes: ['LFA-HLT-09'],
  plant: source('src/integrity.ts', {
    find: 'return severity(after) > severity(before)',
    replace: 'return severity(after) !== severity(before)',
  }),
})
