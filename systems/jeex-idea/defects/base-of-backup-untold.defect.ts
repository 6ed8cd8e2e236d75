import { defect, source } from 'etalon'

export default defect('the file of an incremental backup does not say what it adds to', {
  refutes: ['JEEX-REQ-007/loss'],
  plant: source('src/backup/dump.ts', {
    find: 'base_id: order.base?.id ?? null,',
    replace: 'base_id: null,',
  }),
})
