import { defect, sql } from 'etalon'

export default defect('a spend of internship credits may name no enrolment', {
  refutes: ['LFA-CRD-01'],
  plant: sql(`drop trigger internship_credit_transactions_10_spent_has_enrollment
      on internship_credit_transactions`),
})
