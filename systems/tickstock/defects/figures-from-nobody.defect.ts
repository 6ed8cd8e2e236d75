import { defect, sql } from 'etalon'

export default defect('figures of an ETF need not say who told them', {
  refutes: ['TICK-DB-08'],
  plant: sql('alter table etf_metadata alter column source drop not null'),
})
