import { defect, source } from 'etalon'

export default defect('signing out ends no token', {
  refutes: ['JEEX-D-08'],
  plant: source('src/operation/user.ts', {
    find: '  await database.asService((sql) => endSessions(sql, subject))\n',
    replace: '',
  }),
})
