import { defect, source } from 'etalon'

export default defect('the file that an incremental backup adds to is not verified', {
  refutes: ['JEEX-REL-002'],
  plant: source('src/operation/recovery.ts', {
    find: 'for (const row of chain) {',
    replace: 'for (const row of chain.slice(0, 1)) {',
  }),
})
