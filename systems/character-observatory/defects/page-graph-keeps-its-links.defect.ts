import { defect, rebuilt } from 'etalon'

export default defect('a graph that is open takes no new links in', {
  refutes: ['CHAR-T-35'],
  plant: rebuilt('web/live/live-data.ts', {
    find: 'return [...kept, ...made]',
    replace: 'return kept',
  }),
})
