import { defect, source } from 'etalon'

export default defect('a session without a place is left to the database to refuse', {
  refutes: ['LFA-ENT-05'],
  plant: source('src/routes/semester.ts', {
    find: 'capacity: z.int().min(1).max(10_000)',
    replace: 'capacity: z.int().max(10_000)',
  }),
})
