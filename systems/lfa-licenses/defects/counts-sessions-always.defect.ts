import { defect, source } from 'etalon'

export default defect('sessions count for a belt although the switch is off', {
  refutes: ['LFA-D-11'],
  plant: source('src/config.ts', {
    find: 'requireSessions: env.GANCUJU_REQUIRE_SESSIONS,',
    replace: 'requireSessions: true,',
  }),
})
