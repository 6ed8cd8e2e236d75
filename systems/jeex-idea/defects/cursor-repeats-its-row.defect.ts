import { defect, source } from 'etalon'

export default defect('what comes after a cursor begins with its own row', {
  refutes: ['JEEX-R-13'],
  plant: source('src/store/list.ts', {
    find: '(${sortBy}, id) < (',
    replace: '(${sortBy}, id) <= (',
  }),
})
