import { defect, environment } from 'etalon'

export default defect('the window is set to a fraction of a second', {
  refutes: ['TICK-SYN-09/load'],
  plant: environment({ SYNC_WINDOW_MS: '180' }),
})
