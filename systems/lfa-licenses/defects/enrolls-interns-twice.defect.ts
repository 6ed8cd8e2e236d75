import { defect, sql } from 'etalon'

export default defect('nothing keeps an internship from being enrolled twice in a semester', {
  refutes: ['LFA-ENR-01'],
  plant: sql('drop index internship_enrollments_one_active'),
})
