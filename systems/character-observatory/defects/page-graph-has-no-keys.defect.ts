import { defect, rebuilt } from 'etalon'

export default defect('the keys do not select anybody in the graph', {
  refutes: ['CHAR-UI-09'],
  plant: rebuilt('web/network/use-network.ts', {
    find: "event.key === 'Enter'",
    replace: "event.key === 'Insert'",
  }),
})
