import { defect, source } from 'etalon'

export default defect('an export lives for 25 hours', {
  refutes: ['JEEX-DB-05'],
  plant: source('src/config.ts', {
    find: 'EXPORT_LIFETIME_MS: ms(dayMs)',
    replace: 'EXPORT_LIFETIME_MS: ms(dayMs + 3_600_000)',
  }),
})
