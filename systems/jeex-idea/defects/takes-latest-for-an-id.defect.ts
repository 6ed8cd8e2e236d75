import { defect, source } from 'etalon'

export default defect('the word latest is taken for the id of a document', {
  refutes: ['JEEX-API-09'],
  plant: source('src/routes/document.ts', {
    find: `  latestRoute(app, service)
`,
    replace: '',
  }),
})
