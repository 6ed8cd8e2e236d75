import { defect, source } from 'etalon'

export default defect('a month is 30 days', {
  refutes: ['LFA-D-10'],
  plant: source('src/validity.ts', {
    find: 'const result = new Date(from)',
    replace: `if (months > 0) return addDays(from, 30 * months)
  const result = new Date(from)`,
  }),
})
