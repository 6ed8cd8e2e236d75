import { defect, source } from 'etalon'

export default defect('the win rate is rounded before it is compared', {
  refutes: ['LFA-D-12/gancuju'],
  plant: source('src/promotion.ts', {
    find: 'Math.floor((won * 10_000) / entered) / 100',
    replace: 'Math.round((won * 100) / entered)',
  }),
})
