import { defect, source } from 'etalon'

export default defect('XP of a session is granted to an internship and not stored with the mark', {
  refutes: ['LFA-ATT-01'],
  plant: source('src/operation/attendance.ts', {
    find: 'const row = taken(await markInternship(tx, ...marking(roll), ...rated(roll.mark), xp))',
    replace:
      'const row = taken(await markInternship(tx, ...marking(roll), ...rated(roll.mark), 0))',
  }),
})
