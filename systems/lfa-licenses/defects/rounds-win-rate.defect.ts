import { defect, source } from 'etalon'

export default defect('the win rate is rounded before it is compared', {
  refutes: ['LFA-D-12/gancuju'],
  plant: source('src/promotion.ts', {
    find: 'if (won * 100 < level.win_rate_percent * entered) {',
    replace: 'if (Math.round((won * 100) / entered) < level.win_rate_percent) {',
  }),
})
