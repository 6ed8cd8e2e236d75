import { defect, rebuilt } from 'etalon'

export default defect('a page that comes back does not say how far it had come', {
  refutes: ['TICK-UI-02'],
  plant: rebuilt('web/live/live-socket.ts', {
    find: 'resumeFrame(positions())',
    replace: 'resumeFrame({})',
  }),
})
