import { defect, source } from 'etalon'

export default defect('the deletion of a document is not audited', {
  refutes: ['JEEX-API-11'],
  plant: source('src/operation/document.ts', {
    find: `    await audit(tx, actor, { action: 'document.delete', row, before: summaryOf(row), at: now })
`,
    replace: '',
  }),
})
