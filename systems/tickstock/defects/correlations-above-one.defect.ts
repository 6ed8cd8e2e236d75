import { defect, sql } from 'etalon'

export default defect('a correlation may be any number', {
  refutes: ['TICK-DB-12'],
  plant: sql('alter table etf_relationships drop constraint etf_relationships_correlation_check'),
})
