import { defect, source } from 'etalon'

export default defect('the pool overflows twice as far', {
  refutes: ['JEEX-REQ-004'],
  plant: source('src/app.ts', {
    find: 'env.DATABASE_POOL_OVERFLOW - 1',
    replace: '2 * env.DATABASE_POOL_OVERFLOW - 1',
  }),
})
