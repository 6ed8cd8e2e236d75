import { defect, source } from 'etalon'

export default defect('the manifest has the checksum of another text', {
  refutes: ['JEEX-API-19'],
  plant: source('src/package-file.ts', {
    find: 'sha256: sha256Of(strToU8(content)),',
    replace: 'sha256: sha256Of(strToU8(content.trim())),',
  }),
})
