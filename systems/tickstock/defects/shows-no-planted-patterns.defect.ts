import { defect, source } from 'etalon'

export default defect('the consumer does not show what was planted', {
  refutes: ['TICK-T-32'],
  plant: source('src/consumer/store/scenario.ts', {
    find: 's.patterns as planted',
    replace: "'[]'::jsonb as planted",
  }),
})
