import { defect, source } from 'etalon'

export default defect('the XP ledger keeps the balance before the grant', {
  refutes: ['LFA-ENT-10'],
  plant: source('src/store/xp.ts', {
    find: 'select user_id, id, $3, $2, total_xp, level_before',
    replace: 'select user_id, id, $3, $2, total_xp - $2, level_before',
  }),
})
