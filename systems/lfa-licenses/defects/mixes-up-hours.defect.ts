import { defect, source } from 'etalon'

export default defect(
  "a coach's hours of theory are credited as practice, and the other way round",
  {
    refutes: ['LFA-API-04'],
    plant: source('src/routes/coach.ts', {
      find: `of('theory'),
          of('practice'),`,
      replace: `of('practice'),
          of('theory'),`,
    }),
  },
)
