import { defect, sql } from 'etalon'

export default defect('nobody reads a summary while it is made new', {
  refutes: ['CHAR-DB-13'],
  plant: sql(
    `do $$ begin
       execute replace(
         pg_get_functiondef('refresh_summaries'::regproc),
         'concurrently ecosystem_activity_summary', 'ecosystem_activity_summary'
       );
     end $$`,
  ),
})
