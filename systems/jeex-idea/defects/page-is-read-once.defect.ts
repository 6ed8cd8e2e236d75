import { defect, rebuilt } from 'etalon'

export default defect('the monitoring is read once and not again', {
  refutes: ['JEEX-UI-01'],
  plant: rebuilt('web/monitor/monitor-page.tsx', {
    find: 'refetchInterval: refreshMs, ',
    replace: '',
  }),
})
