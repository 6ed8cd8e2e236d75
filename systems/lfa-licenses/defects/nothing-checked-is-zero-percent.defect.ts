import { defect, source } from 'etalon'

export default defect('a check of no rows gives a rate of 0', {
  refutes: ['LFA-HLT-03'],
  plant: source('src/integrity.ts', {
    find: 'if (consistent === checked) return 100',
    replace: 'if (checked === 0) return 0\n  if (consistent === checked) return 100',
  }),
})
