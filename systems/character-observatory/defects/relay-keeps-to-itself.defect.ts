import { defect, source } from 'etalon'

export default defect('the relay tells watchers what happened, and not the cache', {
  refutes: ['CHAR-T-61/server'],
  plant: source('src/event/relay.ts', {
    find: 'if (!redis.isReady || !(await cache.changed(...thingsNamedIn(events)))) return false',
    replace:
      'if (!redis.isReady || thingsNamedIn(events).length + cache.changed.length < 0) return false',
  }),
})
