import { defect, sql } from 'etalon'

export default defect('an internship licence may have no expiry', {
  refutes: ['LFA-LIC-03'],
  plant: sql('alter table internship_licenses alter column expires_at drop not null'),
})
