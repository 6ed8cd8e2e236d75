import { defect, source } from 'etalon'

export default defect('a list takes the cursor of another list', {
  refutes: ['JEEX-R-13'],
  plant: source('src/store/list.ts', {
    find: 'readCursor(request.cursor, sortType)',
    replace: "readCursor(request.cursor, 'timestamptz')",
  }),
})
