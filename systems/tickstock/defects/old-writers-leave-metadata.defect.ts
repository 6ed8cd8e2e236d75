import { defect, sql } from 'etalon'

export default defect('a list that is written as before leaves count and time as they were', {
  refutes: ['TICK-ETF-01'],
  plant: sql('drop trigger cache_entries_dated on cache_entries'),
})
