import { defect, source } from 'etalon'

export default defect('answers are remembered however long they are', {
  refutes: ['JEEX-R-08/memory'],
  plant: source('src/read-memory.ts', {
    find: 'if (text.length > lengthMax)',
    replace: 'if (text.length < 0)',
  }),
})
