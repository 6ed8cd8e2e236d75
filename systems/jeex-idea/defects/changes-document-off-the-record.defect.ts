import { defect, source } from 'etalon'

export default defect('the change of a document is not audited', {
  refutes: ['JEEX-T-01'],
  plant: source('src/operation/document.ts', {
    find: `    await audit(tx, actor, { action: 'document.change', ...entry })
`,
    replace: `    void entry
`,
  }),
})
