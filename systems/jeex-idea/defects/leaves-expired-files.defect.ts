import { defect, source } from 'etalon'

export default defect('the file of an expired export stays', {
  refutes: ['JEEX-R-11'],
  plant: source('src/operation/export.ts', {
    find: '      await rm(join(env.EXPORT_DIR, path), { force: true })\n',
    replace: '',
  }),
})
