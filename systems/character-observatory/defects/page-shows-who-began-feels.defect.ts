import { defect, rebuilt } from 'etalon'

export default defect('the emotions are those of who began, as if he had answered', {
  refutes: ['CHAR-T-39'],
  plant: rebuilt('web/feed/feed-line.ts', {
    find: 'event.data.emotions.target',
    replace: 'event.data.emotions.initiator',
  }),
})
