import { defect, source } from 'etalon'

export default defect("somebody else's project is forbidden instead of unknown", {
  refutes: ['JEEX-API-02'],
  plant: source('src/error.ts', {
    find: 'JEEX_PROJECT_UNKNOWN: { status: 404,',
    replace: 'JEEX_PROJECT_UNKNOWN: { status: 403,',
  }),
})
