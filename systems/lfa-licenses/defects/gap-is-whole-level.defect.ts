import { defect, rebuilt } from 'etalon'

export default defect('the card tells the XP of the whole level instead of what is missing', {
  refutes: ['LFA-UI-08'],
  plant: rebuilt('web/student/gap.ts', {
    find: 'formatNumber(xp_needed)',
    replace: 'formatNumber(next.required_xp)',
  }),
})
