import { defect, rebuilt } from 'etalon'

export default defect('the panel of what happens is left out', {
  refutes: ['CHAR-T-31'],
  plant: rebuilt('web/observatory/panels.tsx', {
    find: '<FeedCard live={live} past={past?.lines ?? null} characters={all} />',
    replace: '',
  }),
})
