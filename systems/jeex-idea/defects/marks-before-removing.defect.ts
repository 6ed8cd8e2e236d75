import { defect, source } from 'etalon'

export default defect('an export is marked as expired while its file is still there', {
  refutes: ['JEEX-R-11'],
  plant: source('src/operation/export.ts', {
    find: '      await rm(join(env.EXPORT_DIR, path), { force: true })\n      removed.push(id)\n',
    replace:
      '      removed.push(id)\n      await rm(join(env.EXPORT_DIR, path), { force: true })\n',
  }),
})
