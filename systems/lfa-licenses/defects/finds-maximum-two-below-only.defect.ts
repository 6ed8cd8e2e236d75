import { defect, source } from 'etalon'

export default defect('the check lets a highest level be one below the current one', {
  refutes: ['LFA-CPL-12'],
  plant: source('src/store/inconsistency.ts', {
    find: 'c.max_achieved_level < c.license_level, false',
    replace: 'c.max_achieved_level < c.license_level - 1, false',
  }),
})
