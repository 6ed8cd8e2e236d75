import { defect, environment } from 'etalon'

export default defect('the database is tried again only after ten seconds', {
  refutes: ['JEEX-REL-001'],
  plant: environment({ BREAKER_OPEN_MS: '10000' }),
})
