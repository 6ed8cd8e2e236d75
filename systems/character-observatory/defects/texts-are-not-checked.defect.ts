import { defect, source } from 'etalon'

export default defect('a name with a NUL is given to the database', {
  refutes: ['CHAR-API-08/contract'],
  plant: source('src/schema/common.ts', {
    find: "text({ max: 255 }).regex(/\\S/, 'Must say something')",
    replace: "z.string().max(255).regex(/\\S/, 'Must say something')",
  }),
})
