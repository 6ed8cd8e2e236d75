import { defect, rebuilt } from 'etalon'

export default defect('nothing says that the page is offline', {
  refutes: ['CHAR-UI-08'],
  plant: rebuilt('web/live/connection-status.tsx', {
    find: "if (phase === 'offline') {",
    replace: "if (phase === 'offline' && failures > 99) {",
  }),
})
