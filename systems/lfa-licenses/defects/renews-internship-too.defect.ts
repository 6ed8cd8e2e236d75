import { defect, source } from 'etalon'

export default defect('renewing as a coach prolongs the internship of the same user', {
  refutes: ['LFA-EXP-07'],
  plant: source('src/operation/renewal.ts', {
    find: 'const [row] = await renewCoach(tx, id, until)',
    replace: `const [row] = await renewCoach(tx, id, until)
  const text = 'update internship_licenses set expires_at = $2 where user_id = $1 and is_active'
  await tx.query({ text, values: [license.user_id, until] })`,
  }),
})
