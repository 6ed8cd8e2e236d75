import { defect, source } from 'etalon'

export default defect('a dry run keeps what it found', {
  refutes: ['LFA-HLT-04'],
  plant: source('src/operation/health-check.ts', {
    find: 'if (request.dryRun) return inTransaction(pool, (tx) => look(tx, monitor, request))',
    replace: '',
  }),
})
