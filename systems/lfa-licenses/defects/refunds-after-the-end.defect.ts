import { defect, source } from 'etalon'

export default defect('who withdraws after the semester is refunded', {
  refutes: ['LFA-ENR-01/withdrawal'],
  plant: source('src/operation/enrollment.ts', {
    find: "  if (isOver) throw fail('LFA_SEMESTER_CLOSED')\n",
    replace: '',
  }),
})
