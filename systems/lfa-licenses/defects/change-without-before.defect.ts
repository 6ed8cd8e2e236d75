import { defect, source } from 'etalon'

export default defect('the audit log does not tell what an account was before its change', {
  refutes: ['LFA-ENT-12'],
  plant: source('src/operation/user.ts', {
    find: "action: 'user.change', id, before, after",
    replace: "action: 'user.change', id, after",
  }),
})
