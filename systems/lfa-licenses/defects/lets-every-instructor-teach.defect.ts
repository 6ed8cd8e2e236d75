import { defect, source } from 'etalon'

export default defect('an instructor reaches every licence, whatever he teaches', {
  refutes: ['LFA-R-16'],
  plant: source('src/actor.ts', {
    find: "const teaches = actor.role === 'INSTRUCTOR' && row.in_scope",
    replace: "const teaches = actor.role === 'INSTRUCTOR'",
  }),
})
