import { defect, source } from 'etalon'

export default defect('the environment check looks into the first database for every other', {
  refutes: ['TICK-RED-14'],
  plant: source('src/producer/environment/redis.ts', {
    find: 'withClient(url, database, (client) => client.dbSize())',
    replace: 'withClient(url, 0, (client) => client.dbSize())',
  }),
})
