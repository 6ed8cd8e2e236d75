import { defect, sql } from 'etalon'

export default defect('the practice hours of a coach may fall below zero', {
  refutes: ['LFA-LIC-04'],
  plant: sql('alter table coach_licenses drop constraint coach_licenses_practice_hours_check'),
})
