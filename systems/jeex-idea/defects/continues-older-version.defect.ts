import { defect, source } from 'etalon'

export default defect('a text is put on top of a version that is not the latest', {
  refutes: ['JEEX-API-10'],
  plant: source('src/operation/document.ts', {
    find: 'if (latest?.id !== id)',
    replace: 'if (latest === undefined)',
  }),
})
