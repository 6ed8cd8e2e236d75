import { defect, source } from 'etalon'

export default defect('a coach can be credited with no hours at all', {
  refutes: ['LFA-R-12'],
  plant: source('src/routes/coach.ts', {
    find: 'hours: z.int().min(1)',
    replace: 'hours: z.int().min(0)',
  }),
})
