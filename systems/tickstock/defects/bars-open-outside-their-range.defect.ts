import { defect, sql } from 'etalon'

export default defect('a bar may open below its low', {
  refutes: ['TICK-DB-09'],
  plant: sql(
    'alter table historical_data drop constraint historical_data_prices',
    `alter table historical_data add constraint historical_data_prices
       check (low > 0 and low <= high and close between low and high)`,
  ),
})
