import { defect, source } from 'etalon'

export default defect('who is marked before the session begins has come', {
  refutes: ['LFA-ATT-01'],
  plant: source('src/operation/attendance.ts', {
    find: "  if (mark.status !== 'EXCUSED' && session.starts_at > now) throw fail('LFA_SESSION_NOT_BEGUN')\n",
    replace: '',
  }),
})
