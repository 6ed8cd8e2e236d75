import { defect, source } from 'etalon'

export default defect('a connection whose work failed is given back without a rollback', {
  refutes: ['LFA-CPL-16'],
  plant: source('../../packages/service-kit/src/transaction.ts', {
    find: 'broken = await rollBack(client)',
    replace: 'broken = undefined',
  }),
})
