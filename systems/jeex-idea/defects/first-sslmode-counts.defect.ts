import { defect, source } from 'etalon'

export default defect('of several values of sslmode the first is looked at', {
  refutes: ['JEEX-SEC-003'],
  plant: source('src/encryption.ts', {
    find: 'return more.length === 0 && ',
    replace: 'return more.length >= 0 && ',
  }),
})
