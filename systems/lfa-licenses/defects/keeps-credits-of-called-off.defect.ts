import { defect, source } from 'etalon'

export default defect('a mark keeps the credits of a semester that was called off', {
  refutes: ['LFA-ENR-01/withdrawal'],
  plant: source('src/operation/enrollment.ts', {
    find: "  if (semester?.status === 'CANCELLED') return\n",
    replace: '',
  }),
})
