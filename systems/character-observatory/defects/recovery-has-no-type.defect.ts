import { defect, source } from 'etalon'

export default defect('a rest is told as any change of a state', {
  refutes: ['CHAR-WS-05'],
  plant: source('src/operation/rest.ts', {
    find: "'energy_recovered'",
    replace: "'character_state_change'",
  }),
})
