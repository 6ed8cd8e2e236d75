import { defect, source } from 'etalon'

export default defect('the channel of loaded scenarios has another name', {
  refutes: ['TICK-RED-15'],
  plant: source('src/message/channel.ts', {
    find: "scenarioLoaded: 'tickstock.scenario.loaded'",
    replace: "scenarioLoaded: 'tickstock.scenario.ready'",
  }),
})
