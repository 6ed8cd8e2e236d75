import { defect, source } from 'etalon'

export default defect('the page of the API may not send requests', {
  refutes: ['JEEX-UI-06'],
  plant: source('../../packages/service-kit/src/docs.ts', {
    find: `"default-src 'self'",`,
    replace: `"default-src 'self'", "connect-src 'none'",`,
  }),
})
