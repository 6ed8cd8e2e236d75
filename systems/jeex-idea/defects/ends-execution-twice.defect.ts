import { defect, source } from 'etalon'

export default defect('two ends of one execution are both taken', {
  refutes: ['JEEX-R-07'],
  plant: source('src/store/execution.ts', {
    find: 'id = $3 for no key update`',
    replace: 'id = $3`',
  }),
})
