import { defect, source } from 'etalon'

export default defect('a repair believes the higher side unless told otherwise', {
  refutes: ['LFA-CPL-10'],
  plant: source('src/routes/sync.ts', {
    find: `.default('progress_to_license')`,
    replace: `.default('recommended')`,
  }),
})
