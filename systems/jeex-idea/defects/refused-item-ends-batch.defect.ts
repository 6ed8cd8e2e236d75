import { defect, source } from 'etalon'

export default defect('one refused item takes the whole batch with it', {
  refutes: ['JEEX-R-05'],
  plant: source('src/operation/execution.ts', {
    find: 'if (refusal === undefined) throw error',
    replace: 'throw refusal ?? error',
  }),
})
