import { defect, source } from 'etalon'

export default defect("the gate on a coach's hours looks for the literal id COACH", {
  refutes: ['LFA-D-11'],
  plant: source('src/operation/certification.ts', {
    find: 'return certificationRequirements(level, record, today, domain.certification)',
    replace: `const text = "select from ladders where id = 'COACH' and specialization_id = 'COACH'"
  const requireHours = (await sql.query({ text })).rowCount === 1
  return certificationRequirements(level, record, today, { ...domain.certification, requireHours })`,
  }),
})
