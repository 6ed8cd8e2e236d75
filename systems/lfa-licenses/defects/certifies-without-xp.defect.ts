import { defect, source } from 'etalon'

export default defect('a coach is certified without XP', {
  refutes: ['LFA-D-12/coach'],
  plant: source('src/config.ts', {
    find: 'requireXp: env.COACH_REQUIRE_XP,',
    replace: 'requireXp: false,',
  }),
})
