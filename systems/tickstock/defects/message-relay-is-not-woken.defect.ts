import { defect, source } from 'etalon'

export default defect('the relay is not woken and looks once a second', {
  refutes: ['TICK-RED-04'],
  plant: source('src/producer/relay/relay.ts', {
    find: "connection.on('notification', ring)",
    replace: '',
  }),
})
