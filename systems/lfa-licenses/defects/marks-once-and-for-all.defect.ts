import { defect, source } from 'etalon'

export default defect('who came late cannot be marked again', {
  refutes: ['LFA-PERF-06'],
  plant: source('src/operation/attendance.ts', {
    find: "if (earlier === 'PRESENT') throw",
    replace: 'if (earlier !== undefined) throw',
  }),
})
