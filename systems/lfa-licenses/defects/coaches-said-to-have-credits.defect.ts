import { defect, sql } from 'etalon'

export default defect('the table of specializations says that coaches have credits', {
  refutes: ['LFA-ENT-02'],
  plant: sql(`update specializations set uses_credits = true where id = 'COACH'`),
})
