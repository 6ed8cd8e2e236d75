import { defect, source } from 'etalon'

export default defect('what others have said is told as said by a character', {
  refutes: ['CHAR-API-03'],
  plant: source('src/store/character.ts', {
    find: 'from messages where sender_id = $1',
    replace: 'from messages where sender_id <> $1',
  }),
})
