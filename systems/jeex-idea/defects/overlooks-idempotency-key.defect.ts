import { defect, source } from 'etalon'

export default defect('the idempotency key of a request is not looked at', {
  refutes: ['JEEX-API-01/once'],
  plant: source('src/operation/once.ts', {
    find: "key: typeof header === 'string' ? header : undefined,",
    replace: 'key: undefined,',
  }),
})
