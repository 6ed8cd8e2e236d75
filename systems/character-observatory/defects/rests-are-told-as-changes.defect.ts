import { defect, source } from 'etalon'

export default defect('a rest is told as some change of a character', {
  refutes: ['CHAR-T-62'],
  plant: source('src/operation/rest.ts', {
    find: "'energy_recovered'",
    replace: "'character_state_change'",
  }),
})
