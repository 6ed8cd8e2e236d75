import { defect, environment } from 'etalon'

export default defect('an internship is issued for a year', {
  refutes: ['LFA-EXP-03'],
  plant: environment({ INTERNSHIP_VALIDITY_MONTHS: '12' }),
})
