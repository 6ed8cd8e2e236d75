import { defect, source } from 'etalon'

export default defect('a report forgets the tokens that it does not repeat', {
  refutes: ['JEEX-API-15'],
  plant: source('src/store/execution.ts', {
    find: 'tokens_in = coalesce($6, tokens_in)',
    replace: 'tokens_in = $6',
  }),
})
