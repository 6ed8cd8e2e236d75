import { defect, source } from 'etalon'

export default defect('the check looks for expired licences in the older table only', {
  refutes: ['LFA-CPL-12'],
  plant: source('src/store/inconsistency.ts', {
    find: "const expired = 'bool_or(l.is_active and l.expires_at <= $1)'",
    replace: "const expired = 'false'",
  }),
})
