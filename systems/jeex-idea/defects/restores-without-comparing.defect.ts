import { defect, source } from 'etalon'

export default defect('what was restored is kept without being compared', {
  refutes: ['JEEX-REQ-007/loss'],
  plant: source('src/backup/restore.ts', {
    find: 'const isEqual = tables.every(({ equal }) => equal)',
    replace: 'const isEqual = true',
  }),
})
