import { defect, source } from 'etalon'

export default defect('who met within the hour is chosen as often as before', {
  refutes: ['CHAR-INT-11'],
  plant: source('src/rule/autonomy.ts', {
    find: 'const metShare = 0.2',
    replace: 'const metShare = 1',
  }),
})
