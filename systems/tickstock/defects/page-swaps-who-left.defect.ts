import { defect, rebuilt } from 'etalon'

export default defect('those who came stand also where those who left should', {
  refutes: ['TICK-UI-01'],
  plant: rebuilt('web/universe/last-change-card.tsx', {
    find: 'symbols={removed}',
    replace: 'symbols={added}',
  }),
})
