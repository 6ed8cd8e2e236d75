import { defect, sql } from 'etalon'

export default defect('the view of active licences shows coach licences that have ended', {
  refutes: ['LFA-VIEW-01'],
  plant: sql(
    `do $$
     begin
       execute 'create or replace view v_all_active_licenses as ' || regexp_replace(
         pg_get_viewdef('v_all_active_licenses'::regclass), 'WHERE \\S*is_active;$', '');
     end
     $$`,
  ),
})
