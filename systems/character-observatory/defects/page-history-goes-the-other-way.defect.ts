import { defect, rebuilt } from 'etalon'

export default defect('the history of a relationship is worked out in the wrong direction', {
  refutes: ['CHAR-UI-10'],
  plant: rebuilt('web/relationship/relationship-dialog.tsx', {
    find: '(strengths[0] ?? 0) - strength_change',
    replace: '(strengths[0] ?? 0) + strength_change',
  }),
})
