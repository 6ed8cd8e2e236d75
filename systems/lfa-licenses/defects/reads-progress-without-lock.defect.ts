import { defect, source } from 'etalon'

export default defect('progress is read without holding it', {
  refutes: ['LFA-PERF-10'],
  plant: source('src/store/progress.ts', {
    find: 'where p.student_id = $1 and p.specialization_id = $2 for update`',
    replace: 'where p.student_id = $1 and p.specialization_id = $2`',
  }),
})
