import { defect, rebuilt } from 'etalon'

export default defect('who answers may be as tired as he likes', {
  refutes: ['CHAR-T-40'],
  plant: rebuilt('web/interaction/obstacle.ts', {
    find: '    [target, kind.target_cost],\n',
    replace: '',
  }),
})
