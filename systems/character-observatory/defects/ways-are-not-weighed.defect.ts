import { defect, source } from 'etalon'

export default defect('of the shortest ways the first is taken, not the closest', {
  refutes: ['CHAR-REL-10'],
  plant: source('src/store/graph.ts', {
    find: 'order by knows.other, ways.cost + 1 - knows.strength, ways.ids',
    replace: 'order by knows.other, ways.cost + knows.strength, ways.ids',
  }),
})
