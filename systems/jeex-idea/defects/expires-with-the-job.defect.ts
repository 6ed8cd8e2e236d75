import { defect, source } from 'etalon'

export default defect('an export lasts until a job comes by', {
  refutes: ['JEEX-R-11'],
  plant: source('src/operation/export.ts', {
    find: "row.status === 'completed' && row.expires_at <= now",
    replace: "row.status === 'completed' && row.expires_at < new Date(0)",
  }),
})
