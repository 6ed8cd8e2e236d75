import { defect, rebuilt } from 'etalon'

export default defect('every competition is entered as won', {
  refutes: ['LFA-UI-09'],
  plant: rebuilt('web/staff/record-dialog.tsx', {
    find: "record.mutate(result === 'won')",
    replace: 'record.mutate(true)',
  }),
})
