import { defect, rebuilt } from 'etalon'

export default defect('the dry run of the page repairs', {
  refutes: ['LFA-UI-10'],
  plant: rebuilt('web/admin/bulk-repair.tsx', {
    find: 'query: { dry_run: dryRun }',
    replace: 'query: {}',
  }),
})
