import { defect, source } from 'etalon'

export default defect('a backup sees each table at another moment', {
  refutes: ['JEEX-REQ-007'],
  plant: source('src/backup/dump.ts', {
    find: 'begin isolation level repeatable read read only',
    replace: 'begin isolation level read committed read only',
  }),
})
