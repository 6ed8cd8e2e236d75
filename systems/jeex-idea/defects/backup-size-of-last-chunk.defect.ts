import { defect, source } from 'etalon'

export default defect('the size of a backup is that of the last piece written', {
  refutes: ['JEEX-DB-08'],
  plant: source('src/backup/write-file.ts', {
    find: 'sizeBytes += chunk.byteLength',
    replace: 'sizeBytes = chunk.byteLength',
  }),
})
