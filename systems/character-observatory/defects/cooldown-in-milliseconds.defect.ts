import { defect, source } from 'etalon'

export default defect('the seconds of a cooldown are taken for milliseconds', {
  refutes: ['CHAR-INT-08'],
  plant: source('src/operation/standing.ts', {
    find: 'pair.initiator.interaction_cooldown * 1_000',
    replace: 'pair.initiator.interaction_cooldown',
  }),
})
