import { defect, source } from 'etalon'

export default defect('who finds the lock of a document taken goes on without it', {
  refutes: ['JEEX-T-02'],
  plant: source('src/store/document.ts', {
    find: 'select pg_advisory_xact_lock(',
    replace: 'select pg_try_advisory_xact_lock(',
  }),
})
