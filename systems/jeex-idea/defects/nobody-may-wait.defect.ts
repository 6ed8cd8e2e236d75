import { defect, environment } from 'etalon'

export default defect('there are two connections, and one request may wait for them', {
  refutes: ['JEEX-PERF-002', 'JEEX-PERF-006', 'JEEX-T-07'],
  plant: environment({
    DATABASE_POOL_SIZE: '2',
    DATABASE_POOL_OVERFLOW: '1',
    DATABASE_WAITING_MAX: '1',
  }),
})
