import { defect, source } from 'etalon'

export default defect('signing out ends no token', {
  refutes: ['TICK-API-02/strangers'],
  plant: source('src/consumer/routes/auth.ts', {
    find: '      await endSessions(pool, subject)\n',
    replace: '',
  }),
})
