import { defect, source } from 'etalon'

export default defect('an instructor marks himself present and earns by it', {
  refutes: ['LFA-R-16'],
  plant: source('src/operation/attendance.ts', {
    find: "    if (mark.user_id === actor.id) throw fail('LFA_LICENSE_FOREIGN')\n",
    replace: '',
  }),
})
