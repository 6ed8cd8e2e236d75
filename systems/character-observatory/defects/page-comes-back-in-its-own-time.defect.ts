import { defect, rebuilt } from 'etalon'

export default defect('a page does not mind how the service asks it to come back', {
  refutes: ['CHAR-T-36'],
  plant: rebuilt('web/live/connection.ts', {
    find: 'reconnection: event.reconnection',
    replace: 'reconnection: usualReconnection',
  }),
})
