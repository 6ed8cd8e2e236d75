import { defect, source } from 'etalon'

export default defect('a transaction keeps its connection, which is never used again', {
  refutes: ['CHAR-T-22'],
  plant: source('../../packages/service-kit/src/transaction.ts', {
    find: 'client.release(broken)',
    replace: 'void broken',
  }),
})
