import { defect, sql } from 'etalon'

export default defect('the outbox takes a message for any channel', {
  refutes: ['TICK-DB-13'],
  plant: sql('alter table outbox drop constraint outbox_channel_check'),
})
