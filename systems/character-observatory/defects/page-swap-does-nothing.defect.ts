import { defect, rebuilt } from 'etalon'

export default defect('the swap leaves who begins and who answers', {
  refutes: ['CHAR-UI-06'],
  plant: rebuilt('web/observatory/panels.tsx', {
    find: 'now.toReversed()',
    replace: '[...now]',
  }),
})
