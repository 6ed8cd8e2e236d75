import { defect, source } from 'etalon'

export default defect('what was refused for overload counts as failed', {
  refutes: ['JEEX-D-02/overload'],
  plant: source('src/monitor/measure.ts', {
    find: 'this.answers.add(reply.statusCode, isRefusal, request',
    replace: 'this.answers.add(reply.statusCode, false, request',
  }),
})
