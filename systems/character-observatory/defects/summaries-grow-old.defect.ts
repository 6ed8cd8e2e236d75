import { defect, source } from 'etalon'

export default defect('nobody makes the summaries new', {
  refutes: ['CHAR-DB-13/by-itself'],
  plant: source('src/job/start.ts', {
    find: '() => refreshSummaries(pool)',
    replace: '() => Promise.resolve(pool)',
  }),
})
