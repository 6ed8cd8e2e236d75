import { defect, rebuilt } from 'etalon'

export default defect('a replay shows who knows whom now', {
  refutes: ['CHAR-UI-10'],
  plant: rebuilt('web/observatory/panels.tsx', {
    find: 'past?.links ?? links.data',
    replace: 'links.data',
  }),
})
