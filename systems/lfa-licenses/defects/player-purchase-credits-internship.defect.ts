import { defect, source } from 'etalon'

export default defect('credits bought for a player are credited to the internship as well', {
  refutes: ['LFA-T-04'],
  plant: source('src/store/credit.ts', {
    find: 'from t where l.id = t.license_id returning l.credit_balance\n       )',
    replace: `from t where l.id = t.license_id returning l.credit_balance
       ), pooled as (
         update internship_licenses i set credit_balance = i.credit_balance + t.amount
         from t join lfa_player_licenses p on p.id = t.license_id where p.user_id = i.user_id
       )`,
  }),
})
