import { defect, sql } from 'etalon'

export default defect('the database admits the connections of one revision only', {
  refutes: ['LFA-OPS-02/good'],
  plant: sql(`do $$ begin
    execute format('alter database %I connection limit 12', current_database());
  end $$`),
})
