import { defect, sql } from 'etalon'

export default defect('a semester of an earlier test is in every fresh database', {
  refutes: ['LFA-OPS-01'],
  plant: sql(
    `insert into semesters
       (code, name, specialization_type, start_date, end_date, status, cost_credits)
     values ('T-1', 'Left over', 'COACH', '2026-01-01', '2026-06-30', 'OPEN', 0)`,
  ),
})
