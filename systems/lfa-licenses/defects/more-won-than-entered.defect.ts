import { defect, sql } from 'etalon'

export default defect('a belt may have won more competitions than it entered', {
  refutes: ['LFA-LIC-02'],
  plant: sql('alter table gancuju_licenses drop constraint gancuju_licenses_won_not_above_entered'),
})
