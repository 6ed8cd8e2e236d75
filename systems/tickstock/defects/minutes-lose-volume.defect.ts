import { defect, source } from 'etalon'

export default defect('each minute rounds its share of the volume down', {
  refutes: ['TICK-SCN-14'],
  plant: source('src/producer/scenario/minute.ts', {
    find: 'const share = until - given',
    replace: 'const share = Math.floor((volume * weight) / whole)',
  }),
})
