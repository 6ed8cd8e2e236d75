import { defect, rebuilt } from 'etalon'

export default defect('who is dragged goes half of the way', {
  refutes: ['CHAR-UI-03'],
  plant: rebuilt('web/network/drag.ts', {
    find: 'sigma.viewportToGraph(event)',
    replace: 'sigma.viewportToGraph({ x: event.x * 0.9, y: event.y })',
  }),
})
