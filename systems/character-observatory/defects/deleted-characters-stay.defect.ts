import { defect, source } from 'etalon'

export default defect('a deleted character is still found', {
  refutes: ['CHAR-T-01'],
  plant: source('src/store/character.ts', {
    find: 'where characters.id = $1 and deleted_at is null`',
    replace: 'where characters.id = $1`',
  }),
})
