import { defect, sql } from 'etalon'

export default defect('the licence tables have no index by which a user is found', {
  refutes: ['LFA-T-15', 'LFA-PERF-01', 'LFA-PERF-08', 'LFA-PERF-12'],
  plant: sql(
    ...['lfa_player', 'gancuju', 'internship', 'coach'].map(
      (prefix) => `drop index idx_${prefix}_licenses_user_id, ${prefix}_licenses_one_active`,
    ),
  ),
})
