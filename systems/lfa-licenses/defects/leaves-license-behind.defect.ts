import { defect, source } from 'etalon'

export default defect('a licence that is there is taken for one that is up to date', {
  refutes: ['LFA-T-32'],
  plant: source('src/operation/coupling.ts', {
    find: "if (from === level) return resultOf('unchanged', from, level)",
    replace: "if (from <= level) return resultOf('unchanged', from, level)",
  }),
})
