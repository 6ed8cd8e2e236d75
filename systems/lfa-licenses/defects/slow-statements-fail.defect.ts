import { defect, environment } from 'etalon'

export default defect('statements are cut off so soon that a slow revision fails instead', {
  refutes: ['LFA-OPS-02/slow'],
  plant: environment({ STATEMENT_TIMEOUT_MS: '100' }),
})
