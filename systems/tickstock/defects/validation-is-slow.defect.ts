import { defect, sql } from 'etalon'

export default defect('the validation of universes takes seconds', {
  refutes: ['TICK-PERF-02'],
  plant: sql(
    'alter function validate_etf_universe_symbols() rename to validate_quickly',
    `create function validate_etf_universe_symbols()
     returns table (universe_key text, symbol text, exists_in_symbols boolean, symbol_type text,
       active_status boolean)
     language sql as 'select found.* from pg_sleep(2.2), validate_quickly() as found'`,
  ),
})
