import { defect, source } from 'etalon'

export default defect('answers that refuse are not counted', {
  refutes: ['JEEX-OPS-03'],
  plant: source('src/monitor/measure.ts', {
    find: 'if (!isOwn) {',
    replace: 'if (!isOwn && reply.statusCode < 400) {',
  }),
})
