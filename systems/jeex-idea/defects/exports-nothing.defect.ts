import { defect, source } from 'etalon'

export default defect('a project without a document is exported', {
  refutes: ['JEEX-API-17'],
  plant: source('src/operation/export.ts', {
    find: `  if (document === undefined) throw fail('JEEX_EXPORT_EMPTY')
`,
    replace: '',
  }),
})
