import { defect, sql } from 'etalon'

export default defect('the relay looks by itself, and is not woken', {
  refutes: ['CHAR-PERF-02'],
  plant: sql('drop trigger events_wake_relay on events'),
})
