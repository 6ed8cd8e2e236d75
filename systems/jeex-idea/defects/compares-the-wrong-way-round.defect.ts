import { defect, source } from 'etalon'

export default defect('two versions are compared the wrong way round', {
  refutes: ['JEEX-API-23/diff'],
  plant: source('src/routes/diff.ts', {
    find: 'compareTexts(older.content, newer.content)',
    replace: 'compareTexts(newer.content, older.content)',
  }),
})
