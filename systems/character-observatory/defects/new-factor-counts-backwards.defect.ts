import { defect, source } from 'etalon'

export default defect('another factor of recovery counts for the time before it, too', {
  refutes: ['CHAR-ENG-07'],
  plant: source('src/routes/ecosystem.ts', {
    find: 'const settled = isOtherFactor\n',
    replace: 'const settled = isOtherFactor && false\n',
  }),
})
