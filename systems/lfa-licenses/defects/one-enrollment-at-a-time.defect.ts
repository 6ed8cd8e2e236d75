import { defect, source } from 'etalon'

export default defect('who is enrolled anywhere cannot enrol in another specialization', {
  refutes: ['LFA-T-03'],
  plant: source('src/operation/enrollment.ts', {
    find: 'const [row] = await insertEnrollment[specialization](',
    replace: `const elsewhere = await tx.query({
    text: 'select from v_enrollments where user_id = $1 and is_active',
    values: [license.user_id],
  })
  if (elsewhere.rows.length > 0) throw fail('LFA_ENROLLMENT_EXISTS')
  const [row] = await insertEnrollment[specialization](`,
  }),
})
