import { defect, source } from 'etalon'

export default defect('a student who is not there is told to be somebody else', {
  refutes: ['LFA-R-16/progress'],
  plant: source('src/operation/progress-view.ts', {
    find: "if (student === undefined) throw fail('LFA_USER_UNKNOWN')",
    replace: "if (student === undefined) throw fail('LFA_PROGRESS_FOREIGN')",
  }),
})
