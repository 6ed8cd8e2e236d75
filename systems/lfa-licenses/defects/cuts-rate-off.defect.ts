import { defect, source } from 'etalon'

export default defect('the rate is cut off after two decimals and not rounded', {
  refutes: ['LFA-HLT-02'],
  plant: source('src/integrity.ts', {
    find: 'Math.round((consistent / checked) * 10_000)',
    replace: 'Math.floor((consistent / checked) * 10_000)',
  }),
})
