import { claim } from 'etalon'
import { setScene } from '../scene.ts'
import { livePath, reading } from '../watcher.ts'

claim('CHAR-PERF-03', { isolation: 'quiet' }, async ({ sockets, system, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 10 })
  const { headers } = owner
  const arriving = { clients: 150, headers, reading, arrivalHz: 50 }
  const crowd = await sockets.crowd(livePath(ecosystem), arriving)
  const account = await crowd.account()
  prove('clients that are connected', account.connected).equals(arriving.clients)
  prove('P95 of connecting', account.connectTime(0.95)).isBelow(100, 'ms')
})
