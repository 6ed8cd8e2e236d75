import { defect, rebuilt } from 'etalon'

export default defect('the time to get a connection has the number of the ten users', {
  refutes: ['JEEX-D-18'],
  plant: rebuilt('requirements.md', { find: '| JEEX-PERF-021 |', replace: '| JEEX-PERF-002 |' }),
})
