import { defect, sql } from 'etalon'

export default defect('every addition of XP ranks all active licences anew', {
  refutes: ['LFA-T-18'],
  plant: sql(
    `create function rank_interns() returns trigger language plpgsql as $$
     begin
       perform max(place) from (
         select rank() over (order by total_xp desc nulls last, license_id desc) as place
         from v_all_active_licenses
       ) ranked;
       return new;
     end $$`,
    `create trigger internship_licenses_50_rank before update on internship_licenses
     for each row execute function rank_interns()`,
  ),
})
