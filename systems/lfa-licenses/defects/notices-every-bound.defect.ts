import { defect, sources } from 'etalon'

export default defect(
  'a holder gets the notices of all the days that are past, not of the nearest',
  {
    refutes: ['LFA-EXP-06/notices'],
    plant: sources(
      {
        file: 'src/store/notice.ts',
        find: 'select l.id, l.expires_at, min(d) as days',
        replace: 'select l.id, l.expires_at, d as days',
      },
      {
        file: 'src/store/notice.ts',
        find: 'group by l.id, l.expires_at`',
        replace: 'group by l.id, l.expires_at, d`',
      },
    ),
  },
)
