import { defect, source } from 'etalon'

export default defect('a database that was made anew begins with the first number', {
  refutes: ['TICK-RED-06/restored'],
  plant: source('src/producer/relay/relay.ts', {
    find: '  await goOnAfterStreams(connection, options)\n',
    replace: '',
  }),
})
