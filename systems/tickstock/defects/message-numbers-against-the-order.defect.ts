import { defect, source } from 'etalon'

export default defect('the last message of a batch gets the first number', {
  refutes: ['TICK-RED-06'],
  plant: source('src/producer/store/outbox.ts', {
    find: 'row_number() over (partition by channel order by position) as place',
    replace: 'row_number() over (partition by channel order by position desc) as place',
  }),
})
