import { defect, source } from 'etalon'

export default defect('an update holds the licence before its progress', {
  refutes: ['LFA-CPL-06'],
  plant: source('src/operation/progress.ts', {
    find: 'const { progress } = await holdProgress(tx, pair, now)',
    replace: `await tx.query({
    text: 'select from user_licenses where user_id = $1 and specialization_type = $2 for update',
    values: [pair.userId, pair.specialization],
  })
  const { progress } = await holdProgress(tx, pair, now)`,
  }),
})
