import { defect, source } from 'etalon'

export default defect('the last executions are those created last', {
  refutes: ['JEEX-API-16'],
  plant: source('src/store/execution.ts', {
    find: 'order by started_at desc, id desc limit 10`',
    replace: 'order by created_at desc, id desc limit 10`',
  }),
})
