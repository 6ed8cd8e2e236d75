import { defect, source } from 'etalon'

export default defect('the service ends at once when it is stopped', {
  refutes: ['LFA-OPS-04'],
  plant: source('../../packages/service-kit/src/service.ts', {
    find: 'closeOnSignal(() => service.close()',
    replace: 'closeOnSignal(() => Promise.resolve()',
  }),
})
