import { defect, source } from 'etalon'

export default defect('errors call the correlation id otherwise', {
  refutes: ['JEEX-API-25'],
  plant: source('src/app.ts', {
    find: "field: 'correlation_id',",
    replace: "field: 'requestId',",
  }),
})
