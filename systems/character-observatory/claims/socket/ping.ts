import { setTimeout as delay } from 'node:timers/promises'
import { claim, environment } from 'etalon'
import { setScene } from '../scene.ts'
import { livePath, watch } from '../watcher.ts'
import { openMuteClient } from './mute-client.ts'

const patienceMs = 10_000

claim(['CHAR-WS-03', 'CHAR-T-14'], async ({ sockets, system, signal, prove }) => {
  const hasty = await system.revision(environment({ SOCKET_HEARTBEAT_MS: '200' }))
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const watcher = await watch({ sockets, system: hasty }, owner, ecosystem)
  // Before it was greeted: what is said at once is answered too.
  watcher.say({ type: 'ping' })
  prove('the first message', (await watcher.hear())?.type).equals('connection')
  prove('the second', (await watcher.hear())?.type).equals('initial_state')
  prove('the answer to a ping said at once', (await watcher.hear())?.type).equals('pong')

  const mute = await openMuteClient(`${hasty.url}${livePath(ecosystem)}`, owner.headers)
  const patience = delay(patienceMs, 'still there', { signal })
  const end = await Promise.race([mute.end.then(() => 'dropped'), patience])
  prove('a client that answers no ping', end).equals('dropped')
  prove('pings that it left unanswered', mute.pings()).equals(2)
  mute.destroy()
  watcher.say({ type: 'ping' })
  prove('the answer to one that answered them', (await watcher.hear())?.type).equals('pong')
})

claim('CHAR-WS-10', async ({ sockets, system, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const watcher = await watch({ sockets, system }, owner, ecosystem)
  await watcher.message('initial_state')
  const nonsense = ['{', '[]', '"ping"', '{"type":"shout"}', '{"type":"resume","last_seq":-1}']
  for (const text of nonsense) {
    watcher.say(text)
    prove(`the answer to ${text}`, (await watcher.hear())?.type).equals('error')
  }
  watcher.say({ type: 'ping' })
  prove('the answer to a ping after them', (await watcher.hear())?.type).equals('pong')
})
