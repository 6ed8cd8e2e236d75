import { defect, source } from 'etalon'

export default defect('each execution begins a run of its own', {
  refutes: ['JEEX-R-06'],
  plant: source('src/operation/execution.ts', {
    find: 'addition.correlation_id ?? actor.correlationId',
    replace: 'addition.correlation_id ?? crypto.randomUUID()',
  }),
})
