import { defect, rebuilt } from 'etalon'

export default defect('undoing the exports leaves a function that expires them', {
  refutes: ['JEEX-REQ-003'],
  plant: rebuilt('migrations/0006-create-exports.sql', {
    find: '\ndrop function expire_exports(timestamptz);',
    replace: '',
  }),
})
