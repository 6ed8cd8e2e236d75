import { defect, source } from 'etalon'

export default defect('students wait for a belt that would be refused', {
  refutes: ['LFA-D-11'],
  plant: source('src/operation/queue.ts', {
    find: 'if (gaps.length === 0) ready.push(beltCandidate(row, next))',
    replace: 'if (gaps.length < 9) ready.push(beltCandidate(row, next))',
  }),
})
