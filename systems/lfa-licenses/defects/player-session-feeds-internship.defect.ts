import { defect, source } from 'etalon'

export default defect("XP of a player's session is added to the internship as well", {
  refutes: ['LFA-T-02'],
  plant: source('src/store/xp.ts', {
    find: "'lfa_player-enter-xp',\n  `insert",
    replace: `'lfa_player-enter-xp',
  \`with spread as (
     update internship_licenses i set total_xp = i.total_xp + $2
     from lfa_player_licenses p where p.id = $1 and p.user_id = i.user_id
   )
   insert`,
  }),
})
