import { defect } from 'etalon'
import { changedSummary } from './changed-summary.ts'

export default defect('the average trust of a character is that of its strength', {
  refutes: ['CHAR-DB-13'],
  plant: changedSummary('character_relationship_summary', 'character_id', {
    find: 'avg(halves.trust)',
    replace: 'avg(halves.strength)',
  }),
})
