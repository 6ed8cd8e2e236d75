import { defect, source } from 'etalon'

export default defect('what is kept of those who knew him stays as it was before his deletion', {
  refutes: ['CHAR-API-03'],
  plant: source('src/routes/character.ts', {
    find: '(await relatedTo(tx, which)).map(({ id: other }) => other)',
    replace: '(await relatedTo(tx, which)).map(({ id: other }) => other).slice(0, 0)',
  }),
})
