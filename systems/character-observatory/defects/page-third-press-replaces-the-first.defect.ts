import { defect, rebuilt } from 'etalon'

export default defect('a third who is selected takes the place of the first', {
  refutes: ['CHAR-T-33'],
  plant: rebuilt('web/observatory/selection.ts', {
    find: '[first, id]',
    replace: '[id, first]',
  }),
})
