import { defect, source } from 'etalon'

export default defect('maintenance notes that it was there, and writes that every day', {
  refutes: ['TICK-SYN-08'],
  plant: source('src/producer/sync/etf-maintenance.ts', {
    find: 'metadata: { ...universe.universe_metadata,',
    replace: 'metadata: { ...universe.universe_metadata, maintained_by: work.runId,',
  }),
})
