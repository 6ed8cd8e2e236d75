import { defect, source } from 'etalon'

export default defect('progress may be given less than nothing', {
  refutes: ['LFA-CPL-01'],
  plant: source('src/routes/progress.ts', {
    find: 'const gained = z.int().min(0).max(gainMax).default(0)',
    replace: 'const gained = z.int().max(gainMax).default(0)',
  }),
})
