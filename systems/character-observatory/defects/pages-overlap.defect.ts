import { defect, source } from 'etalon'

export default defect('a page begins with the last interaction of the page before', {
  refutes: ['CHAR-API-04'],
  plant: source('src/store/interaction.ts', {
    find: '(created_at, id) < (select',
    replace: '(created_at, id) <= (select',
  }),
})
