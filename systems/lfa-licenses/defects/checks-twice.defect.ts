import { defect, rebuilt } from 'etalon'

export default defect('the button can be pressed again while it checks', {
  refutes: ['LFA-T-46'],
  plant: rebuilt('web/admin/health-page.tsx', {
    find: `busy={check.isPending && !check.variables}
          disabled={check.isPending}
          onClick`,
    replace: 'onClick',
  }),
})
