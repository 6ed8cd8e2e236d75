import { defect, source } from 'etalon'

export default defect('a repair makes missing licences and leaves wrong ones as they are', {
  refutes: ['LFA-T-34'],
  plant: source('src/operation/repair-step.ts', {
    find: "if (takes('create_license_from_progress', 'sync_progress_to_license')) {",
    replace: "if (takes('create_license_from_progress')) {",
  }),
})
