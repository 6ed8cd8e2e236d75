import { defect, source } from 'etalon'

export default defect('the connection to Redis may be in the clear', {
  refutes: ['JEEX-SEC-003'],
  plant: source('src/encryption.ts', {
    find: "return protocol === 'rediss:'",
    replace: 'return true',
  }),
})
