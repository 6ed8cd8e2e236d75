import { defect, source } from 'etalon'

export default defect('the environment check is content with any memory', {
  refutes: ['TICK-CLI-04'],
  plant: source('src/producer/environment/memory.ts', {
    find: 'ok: found >= availableBytesMin',
    replace: 'ok: found > 0',
  }),
})
