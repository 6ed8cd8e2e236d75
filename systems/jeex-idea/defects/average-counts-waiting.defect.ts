import { defect, sql } from 'etalon'

export default defect('the average time is shared with what never ran', {
  refutes: ['JEEX-R-12'],
  plant: sql(`
    create or replace function waited_for(
      status text, created_at timestamptz, started_at timestamptz, duration_ms bigint
    ) returns bigint language sql immutable as 'select null::bigint'`),
})
