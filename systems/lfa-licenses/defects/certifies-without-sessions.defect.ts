import { defect, source } from 'etalon'

export default defect('a coach is certified without sessions', {
  refutes: ['LFA-D-12/coach'],
  plant: source('src/config.ts', {
    find: 'requireSessions: env.COACH_REQUIRE_SESSIONS,',
    replace: 'requireSessions: false,',
  }),
})
