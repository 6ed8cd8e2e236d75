import { defect, source } from 'etalon'

export default defect('a Redis that does not answer is waited for', {
  refutes: ['JEEX-OPS-01'],
  plant: source('src/redis-answer.ts', {
    find: 'const patienceMs = 250',
    replace: 'const patienceMs = 60_000',
  }),
})
