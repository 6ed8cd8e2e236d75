import { defect, source } from 'etalon'

export default defect('a character rests under another path than the README says', {
  refutes: ['CHAR-OPS-03'],
  plant: source('src/routes/character.ts', {
    find: '`${path}/:id/rest`',
    replace: '`${path}/:id/rests`',
  }),
})
