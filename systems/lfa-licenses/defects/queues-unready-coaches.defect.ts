import { defect, source } from 'etalon'

export default defect('coaches wait for a certification that would be refused', {
  refutes: ['LFA-D-12/coach'],
  plant: source('src/operation/queue.ts', {
    find: 'if (gaps.length === 0) ready.push(coachCandidate(row, next))',
    replace: 'if (gaps.length < 9) ready.push(coachCandidate(row, next))',
  }),
})
