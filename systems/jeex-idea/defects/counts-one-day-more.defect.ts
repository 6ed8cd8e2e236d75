import { defect, source } from 'etalon'

export default defect('the metrics reach one day further than they were asked to', {
  refutes: ['JEEX-R-12'],
  plant: source('src/routes/execution.ts', {
    find: '(request.query.days - 1) * dayMs',
    replace: 'request.query.days * dayMs',
  }),
})
