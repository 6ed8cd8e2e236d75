import { defect, sql } from 'etalon'

export default defect('the trigger of updated_at looks through all active licences', {
  refutes: ['LFA-T-23'],
  plant: sql(
    `create or replace function set_updated_at() returns trigger language plpgsql as $$
     begin
       perform max(place) from (
         select rank() over (order by updated_at desc, license_id) as place
         from v_all_active_licenses
       ) ranked;
       new.updated_at := clock_timestamp();
       return new;
     end $$`,
  ),
})
