import { defect, source } from 'etalon'

export default defect('an update leaves out what it does not know', {
  refutes: ['LFA-D-16', 'LFA-CPL-01'],
  plant: source('src/routes/progress.ts', {
    find: `const updateBody = z
  .strictObject({`,
    replace: `const updateBody = z
  .object({`,
  }),
})
