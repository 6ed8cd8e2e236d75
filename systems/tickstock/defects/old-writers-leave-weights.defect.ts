import { defect, sql } from 'etalon'

export default defect('a list that is written as before leaves new members without weights', {
  refutes: ['TICK-ETF-01'],
  plant: sql('drop trigger cache_entries_weighed on cache_entries'),
})
