import { defect, sql } from 'etalon'

export default defect('a commit is answered before it is on disk', {
  refutes: ['TICK-RES-01'],
  plant: sql(
    `do $$ begin
       execute format('alter database %I set synchronous_commit = off', current_database());
     end $$`,
  ),
})
