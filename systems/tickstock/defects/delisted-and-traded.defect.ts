import { defect, sql } from 'etalon'

export default defect('a delisted symbol may still be traded', {
  refutes: ['TICK-DB-07'],
  plant: sql('alter table symbols drop constraint symbols_delisted_inactive'),
})
