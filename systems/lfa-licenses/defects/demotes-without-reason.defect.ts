import { defect, source } from 'etalon'

export default defect('a demotion takes an empty reason for one', {
  refutes: ['LFA-LVL-09'],
  plant: source('src/routes/gancuju.ts', {
    find: 'body: z.strictObject({ reason }),',
    replace: "body: z.strictObject({ reason: z.string().default('') }),",
  }),
})
