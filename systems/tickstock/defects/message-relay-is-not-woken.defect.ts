import { defect, source } from 'etalon'

export default defect('the relay is not woken and looks once a second', {
  refutes: ['TICK-RED-04'],
  plant: source('../../packages/service-kit/src/bell.ts', {
    find: "connection.on('notification', ring)",
    replace: '',
  }),
})
