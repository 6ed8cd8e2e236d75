import { defect, source } from 'etalon'

export default defect('the latest version is the last by the alphabet', {
  refutes: ['JEEX-API-09'],
  plant: source('src/store/document.ts', {
    find: `deleted_at is null
   order by version desc limit 1\``,
    replace: `deleted_at is null
   order by version::text desc limit 1\``,
  }),
})
