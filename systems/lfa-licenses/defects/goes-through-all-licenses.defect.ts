import { defect, sql } from 'etalon'

export default defect('the trigger of updated_at goes through the licences of all users', {
  refutes: ['LFA-T-23'],
  plant: sql(
    `create or replace function set_updated_at() returns trigger language plpgsql as $$
     begin
       perform count(*) from (
         select user_id, max(one.updated_at) from v_all_active_licenses one
         join v_all_active_licenses other using (user_id) group by user_id
       ) per_user;
       new.updated_at := clock_timestamp();
       return new;
     end $$`,
  ),
})
