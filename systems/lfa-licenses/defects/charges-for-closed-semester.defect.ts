import { defect, source } from 'etalon'

export default defect('a semester that is over is paid for', {
  refutes: ['LFA-D-09/price'],
  plant: source('src/operation/enrollment.ts', {
    find: "  if (!isOpen || hasEnded(semester, now)) throw fail('LFA_SEMESTER_CLOSED')\n",
    replace: '',
  }),
})
