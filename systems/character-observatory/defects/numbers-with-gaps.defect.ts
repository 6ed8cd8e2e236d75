import { defect, source } from 'etalon'

export default defect('each event takes two numbers', {
  refutes: ['CHAR-DB-10'],
  plant: source('src/store/event.ts', {
    find: 'set seq = moved.before + placed.place',
    replace: 'set seq = moved.before + 2 * placed.place',
  }),
})
