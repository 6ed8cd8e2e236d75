import { defect, source } from 'etalon'

export default defect("the public check of a certificate shows its holder's id", {
  refutes: ['LFA-API-08'],
  plant: source('src/schema/certificate.ts', {
    find: '.omit({ license_id: true, enrollment_id: true, user_id: true })',
    replace: '.omit({ license_id: true, enrollment_id: true })',
  }),
})
