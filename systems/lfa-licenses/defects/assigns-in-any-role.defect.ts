import { defect, sql } from 'etalon'

export default defect('a coach is assigned in whatever role somebody writes down', {
  refutes: ['LFA-ENR-02'],
  plant: sql('alter table coach_assignments drop constraint coach_assignments_role_known'),
})
