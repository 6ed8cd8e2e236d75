import { claim, type Reconnection } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { livePath, reading, watch } from '../watcher.ts'
import { changeOften, following, lastSeq } from './telling.ts'

const clients = 500

/** Of all clients, the most that may come back within a tenth of a second: even would be a fifth. */
const shareAtOnceMax = 0.3

claim(
  ['CHAR-WS-09', 'CHAR-T-52'],
  { timeoutMs: 120_000 },
  async ({ sockets, system, signal, note, prove }) => {
    const { owner, ecosystem, characters } = await setScene(system, { characters: 1 })
    const before = await lastSeq(system, ecosystem)
    const watcher = await watch({ sockets, system }, owner, ecosystem)
    const stated = (await watcher.hear())?.['reconnection'] as Record<string, number>
    watcher.close()
    prove('what the server asks of who lost it', stated).holds({ first_ms: 1_000, max_ms: 30_000 })
    const reconnection: Reconnection = {
      firstMs: stated['first_ms'] ?? 0,
      maxMs: stated['max_ms'] ?? 0,
      jitter: stated['jitter'] ?? 0,
    }
    const crowd = await sockets.crowd(livePath(ecosystem), {
      clients,
      headers: owner.headers,
      reading,
      reconnection,
      resumeParameter: 'last_seq',
      arrivalHz: 500,
    })
    const lostAtMs = Date.now()
    await system.kill()
    await system.startAgain()
    const back = await crowd.connected({ timeoutMs: 60_000 })
    signal.throwIfAborted()
    prove('clients that came back', back.connected).equals(clients)
    const attempts = back.attempts.filter(({ atMs }) => atMs >= lostAtMs)
    note('attempts to come back', {
      attempts: attempts.length,
      untilAllMs: Math.max(...attempts.map(({ atMs }) => atMs)) - lostAtMs,
    })
    const atOnce = back.attemptsWithin(100, lostAtMs)
    prove('attempts within a tenth of a second', atOnce).isAtMost(shareAtOnceMax * clients)
    prove('attempts within a second', back.attemptsWithin(1_000, lostAtMs)).isAtMost(1.2 * clients)

    await changeOften(owner, characters[0] as Character, 5)
    await crowd.published(following(before, 5))
    const account = await crowd.until(5)
    prove('events that some client lacks afterwards', account.missing).isEmpty()
    prove('events that came twice', account.duplicated).isEmpty()
    crowd.close()
  },
)
