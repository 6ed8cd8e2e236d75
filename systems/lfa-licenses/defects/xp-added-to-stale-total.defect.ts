import { defect, sources } from 'etalon'

const file = 'src/store/xp.ts'

export default defect('XP is added to a total that was read before the licence was held', {
  refutes: ['LFA-T-10'],
  plant: sources(
    {
      file,
      find: 'select id, current_level from internship_licenses where id = $1 for no key update',
      replace: 'select id, current_level, total_xp from internship_licenses where id = $1',
    },
    { file, find: 'set total_xp = l.total_xp + $2', replace: 'set total_xp = held.total_xp + $2' },
  ),
})
