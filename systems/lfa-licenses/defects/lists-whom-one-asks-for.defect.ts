import { defect, source } from 'etalon'

export default defect('a student who names another user is shown his enrolments', {
  refutes: ['LFA-T-61/foreign'],
  plant: source('src/store/list.ts', {
    find: "if (actor.role === 'STUDENT') query",
    replace: "if (actor.role === 'STUDENT' && filter.user_id === undefined) query",
  }),
})
