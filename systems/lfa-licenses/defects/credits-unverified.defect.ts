import { defect, source } from 'etalon'

export default defect('a purchase raises the balance before its payment is verified', {
  refutes: ['LFA-D-08'],
  plant: source('src/store/credit.ts', {
    find: `values ($1, 'PURCHASE', $2, $3, $4, $5, $6, $7, $8) returning \${columns}
       )
       select t.*, l.credit_balance from t join \${licenses} l on l.id = t.license_id`,
    replace: `values ($1, 'PURCHASE', $2, $3, $4, $5, $6, $7, $8) returning \${columns}
       ), raised as (
         update \${licenses} l set credit_balance = l.credit_balance + t.amount
         from t where l.id = t.license_id returning l.credit_balance
       )
       select t.*, raised.credit_balance from t, raised`,
  }),
})
