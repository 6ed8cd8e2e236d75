import { defect, source } from 'etalon'

export default defect('whoever is enrolled anywhere is refused by every other semester', {
  refutes: ['LFA-R-05'],
  plant: source('src/operation/enrollment.ts', {
    find: 'const [row] = await insertEnrollment[specialization](',
    replace: `const text = 'select from v_enrollments where user_id = $1 and is_active'
  const { rowCount } = await tx.query({ text, values: [license.user_id] })
  if (rowCount !== 0) throw fail('LFA_ENROLLMENT_EXISTS')
  const [row] = await insertEnrollment[specialization](`,
  }),
})
