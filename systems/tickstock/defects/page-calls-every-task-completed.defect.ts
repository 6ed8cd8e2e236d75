import { defect, rebuilt } from 'etalon'

export default defect('every task of a run is called completed', {
  refutes: ['TICK-UI-03'],
  plant: rebuilt('web/sync/run-card.tsx', {
    find: '{sentence(task.status)}</Badge>',
    replace: 'Completed</Badge>',
  }),
})
