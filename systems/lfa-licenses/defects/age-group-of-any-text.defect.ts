import { defect, sql } from 'etalon'

export default defect('a player licence takes any text for an age group', {
  refutes: ['LFA-LIC-01'],
  plant: sql('alter table lfa_player_licenses drop constraint lfa_player_licenses_age_group_check'),
})
