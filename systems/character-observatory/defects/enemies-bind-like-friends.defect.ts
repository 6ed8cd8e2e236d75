import { defect, source } from 'etalon'

export default defect('communities are made by who knows whom, however they stand', {
  refutes: ['CHAR-REL-10/network'],
  plant: source('src/graph/analysis.ts', {
    find: '(1 + strength) / 2',
    replace: '(1 - strength) / 2',
  }),
})
