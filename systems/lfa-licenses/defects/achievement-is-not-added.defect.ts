import { defect, source } from 'etalon'

export default defect('XP for an achievement is entered in the ledger and not added to the total', {
  refutes: ['LFA-T-05'],
  plant: source('src/store/xp.ts', {
    find: 'set total_xp = l.total_xp + $2',
    replace: "set total_xp = l.total_xp + case $3::text when 'ACHIEVEMENT' then 0 else $2 end",
  }),
})
