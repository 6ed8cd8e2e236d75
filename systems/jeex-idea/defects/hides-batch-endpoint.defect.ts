import { defect, source } from 'etalon'

export default defect('an endpoint does not stand in the OpenAPI document', {
  refutes: ['JEEX-API-24'],
  plant: source('src/routes/execution.ts', {
    find: "summary: 'Record many at once; each is kept or refused by itself',",
    replace: "summary: 'Record many at once; each is kept or refused by itself', hide: true,",
  }),
})
