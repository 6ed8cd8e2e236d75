import { defect, sql } from 'etalon'

export default defect('the service may change what is on record of levels', {
  refutes: ['LFA-ENT-07'],
  plant: sql('grant update on license_progressions to lfa_app'),
})
