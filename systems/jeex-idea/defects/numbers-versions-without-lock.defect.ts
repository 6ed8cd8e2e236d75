import { defect, source } from 'etalon'

export default defect('the next version is looked up without a lock', {
  refutes: ['JEEX-R-03'],
  plant: source('src/store/document.ts', {
    find: "select pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))",
    replace: 'select length($1::text || $2::text)',
  }),
})
