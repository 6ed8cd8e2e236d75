import { defect, source } from 'etalon'

export default defect('two characters are read, changed in memory and written as if alone', {
  refutes: ['CHAR-ENG-08', 'CHAR-T-53'],
  plant: source('src/store/interaction-write.ts', {
    find: 'on characters.id = part.id and characters.version = part.version',
    replace: 'on characters.id = part.id',
  }),
})
