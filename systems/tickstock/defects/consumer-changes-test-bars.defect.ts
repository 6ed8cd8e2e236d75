import { defect, sql } from 'etalon'

export default defect('the consumer may write synthetic bars', {
  refutes: ['TICK-DB-10'],
  plant: sql('grant insert, update, delete on scenario.minute_bars to tickstock_consumer'),
})
