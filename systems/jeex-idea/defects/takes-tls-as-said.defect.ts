import { defect, source } from 'etalon'

export default defect('any sslmode counts as TLS', {
  refutes: ['JEEX-SEC-003'],
  plant: source('src/config.ts', {
    find: "return ['verify-full', 'verify-ca', 'require'].includes(",
    replace: "return ['verify-full', 'verify-ca', 'require', 'prefer', 'allow'].includes(",
  }),
})
