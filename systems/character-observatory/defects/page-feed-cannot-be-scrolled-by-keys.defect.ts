import { defect, rebuilt } from 'etalon'

export default defect('a feed that scrolls cannot be reached by keys', {
  refutes: ['CHAR-UI-09'],
  plant: rebuilt('web/feed/feed-card.tsx', { find: '      scrolls\n', replace: '' }),
})
