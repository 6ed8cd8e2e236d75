import { defect, source } from 'etalon'

export default defect('the remembered status has no end', {
  refutes: ['LFA-HLT-08'],
  plant: source('src/health-cache.ts', {
    find: 'JSON.stringify(made), { PX: keepMs })',
    replace: 'JSON.stringify(made))',
  }),
})
