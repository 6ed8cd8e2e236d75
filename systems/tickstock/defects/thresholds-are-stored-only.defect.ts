import { defect, sql } from 'etalon'

// As in the system that the report is about: thresholds stood in the row, and nobody asked them.
export default defect('the thresholds of a theme are stored and not applied', {
  refutes: ['TICK-ETF-03'],
  plant: sql(
    `create or replace function liquidity_failures(p_filter jsonb, p_etf etf_metadata)
     returns text[] language sql immutable as $$ select '{}'::text[] $$`,
  ),
})
