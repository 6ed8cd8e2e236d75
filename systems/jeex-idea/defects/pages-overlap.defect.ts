import { defect, source } from 'etalon'

export default defect('each page begins with the last row of the page before', {
  refutes: ['JEEX-API-03'],
  plant: source('src/store/list.ts', {
    find: '(request.page - 1) * request.per_page',
    replace: '(request.page - 1) * Math.max(1, request.per_page - 1)',
  }),
})
