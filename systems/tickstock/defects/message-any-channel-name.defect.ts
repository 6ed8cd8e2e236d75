import { defect, sql } from 'etalon'

export default defect('the outbox takes any channel name', {
  refutes: ['TICK-RED-02'],
  plant: sql(
    'alter table outbox drop constraint outbox_channel_check',
    'alter table channels drop constraint channels_channel_check',
  ),
})
