import { defect, source } from 'etalon'

export default defect('a page that comes back gets only what comes from then on', {
  refutes: ['TICK-API-02'],
  plant: source('src/consumer/live/session.ts', {
    find: 'asked.resume[channel] ?? feed.position(channel)',
    replace: 'feed.position(channel)',
  }),
})
