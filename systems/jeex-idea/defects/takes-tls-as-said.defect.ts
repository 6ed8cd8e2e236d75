import { defect, source } from 'etalon'

export default defect('any sslmode counts as TLS', {
  refutes: ['JEEX-SEC-003'],
  plant: source('src/encryption.ts', {
    find: "const encryptedModes = new Set(['verify-full', 'verify-ca', 'require'])",
    replace:
      "const encryptedModes = new Set(['verify-full', 'verify-ca', 'require', 'prefer', 'allow'])",
  }),
})
