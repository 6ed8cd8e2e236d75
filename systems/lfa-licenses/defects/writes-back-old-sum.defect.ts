import { defect, sources } from 'etalon'

export default defect('two additions at once read the same XP, and one of them is lost', {
  refutes: ['LFA-T-16', 'LFA-PERF-02'],
  plant: sources(
    {
      file: 'src/store/xp.ts',
      find: 'select id, current_level from internship_licenses where id = $1 for no key update',
      replace: 'select id, current_level, total_xp from internship_licenses where id = $1',
    },
    {
      file: 'src/store/xp.ts',
      find: 'set total_xp = l.total_xp + $2',
      replace: 'set total_xp = held.total_xp + $2',
    },
  ),
})
