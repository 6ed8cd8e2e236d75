import { defect, rebuilt } from 'etalon'

export default defect('a page that comes back does not say how far it had come', {
  refutes: ['CHAR-T-36'],
  plant: rebuilt('web/live/live-socket.ts', {
    find: '?last_seq=${lastSeq}',
    replace: '',
  }),
})
