import { defect, source } from 'etalon'

export default defect('a backup whose file is there counts as sound', {
  refutes: ['JEEX-REL-002'],
  plant: source('src/operation/backup.ts', {
    find: 'const isSound = found !== undefined && found === row.sha256',
    replace: 'const isSound = found !== undefined',
  }),
})
