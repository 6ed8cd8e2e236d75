import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('an ETF that is exactly on a bound does not meet the filter', {
  refutes: ['TICK-DB-03'],
  plant: changedFunction('liquidity_failures', 'p_etf.avg_volume <', 'p_etf.avg_volume <='),
})
