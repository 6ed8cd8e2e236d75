import { claim, constantRate } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { livePath, reading } from '../watcher.ts'
import { following, lastSeq } from './telling.ts'

const clients = 100
/** The events of some 12,500 interactions an hour, and half as many more. */
const rateHz = 15
const durationMs = 18_000

claim('CHAR-PERF-02', { isolation: 'quiet' }, async ({ load, sockets, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 1 })
  const [one] = characters as [Character]
  const { headers } = owner
  const before = await lastSeq(system, ecosystem)
  const crowd = await sockets.crowd(livePath(ecosystem), { clients, headers, reading })
  const json = { description: 'Is told of.' }
  const run = await load(constantRate(rateHz), {
    durationMs,
    warmUpMs: 0,
    requests: [{ method: 'PATCH', path: `/api/v1/characters/${one.id}`, headers, json }],
    name: 'changes of a character',
  })
  const told = (await lastSeq(system, ecosystem)) - before
  await crowd.published(following(before, told))
  const account = await crowd.until(told)
  prove('changes that succeeded', run.success).isAtLeast(0.98)
  prove('P95 from the change to its receipt', account.latency.quantile(0.95)).isBelow(50, 'ms')
})

claim('CHAR-PERF-03', { isolation: 'quiet' }, async ({ sockets, system, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 10 })
  const { headers } = owner
  const arriving = { clients: 150, headers, reading, arrivalHz: 20 }
  const crowd = await sockets.crowd(livePath(ecosystem), arriving)
  const account = await crowd.account()
  prove('clients that are connected', account.connected).equals(arriving.clients)
  prove('P95 of connecting', account.connectTime(0.95)).isBelow(100, 'ms')
})
