import { defect, rebuilt } from 'etalon'

export default defect('the first of the planted patterns is not marked in the chart', {
  refutes: ['TICK-UI-04'],
  plant: rebuilt('web/scenario/drawn-chart.ts', {
    find: 'markers.setMarkers(planted.map(',
    replace: 'markers.setMarkers(planted.slice(1).map(',
  }),
})
