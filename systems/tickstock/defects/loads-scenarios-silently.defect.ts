import { defect, source } from 'etalon'

export default defect('nobody is told that a scenario was loaded', {
  refutes: ['TICK-T-02'],
  plant: source('src/producer/scenario/load.ts', {
    find: "await publish(tx, channels.scenarioLoaded, 'scenario_loaded', told)",
    replace: 'void [publish, channels, told]',
  }),
})
