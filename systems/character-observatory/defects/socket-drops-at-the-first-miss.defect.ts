import { defect, source } from 'etalon'

export default defect('who leaves one ping unanswered is let go', {
  refutes: ['CHAR-WS-03'],
  plant: source('../../packages/service-kit/src/live-socket.ts', {
    find: 'const unansweredMax = 2',
    replace: 'const unansweredMax = 1',
  }),
})
