import { defect, source } from 'etalon'

export default defect('a version may be asked for, and is not given', {
  refutes: ['JEEX-API-06'],
  plant: source('src/schema/document.ts', {
    find: `  content,
  meta_data: data.default({}),`,
    replace: `  content,
  version: z.int().optional(),
  meta_data: data.default({}),`,
  }),
})
