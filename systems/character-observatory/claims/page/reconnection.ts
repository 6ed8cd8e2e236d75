import { claim, eventually } from 'etalon'
import { openObservatory, showsPhase, shownSeqs, tellRests } from '../page.ts'
import { setScene } from '../scene.ts'

/** Pauses before the first tries: half of 1, 2 and 4 s at least. */
const leastPausesMs = [500, 1_000, 2_000]
/**
 * What the service asks for in the end instead of 1 s, of which half is drawn: the least pause is
 * longer than any that a page takes of itself.
 */
const slowerFirstMs = 2_500

claim('CHAR-T-36', { timeoutMs: 90_000 }, async (context) => {
  const { system, sql, prove } = context
  const scene = await setScene(system, { actor: 'owner:reconnection' })
  const character = scene.characters[0]?.id ?? ''
  // While the service is down, nothing that the page asks for is answered.
  const allow = [/ERR_CONNECTION_/, /ERR_EMPTY_RESPONSE/, /WebSocket connection/]
  const page = await openObservatory(context, scene, { allow })
  const triedAtMs: number[] = []
  page.on('websocket', () => triedAtMs.push(performance.now()))
  const before = await shownSeqs(page)
  await system.kill()
  const lostAtMs = performance.now()
  await showsPhase(context, page, 'Reconnecting')
  // The last of them comes after 2 s at least, in which the service starts again.
  await eventually(() => triedAtMs.length >= leastPausesMs.length - 1, 30_000)
  await tellRests(sql, scene, character, 10)
  // From here on the service asks for longer pauses.
  await system.startAgain('api', { RECONNECT_FIRST_MS: String(slowerFirstMs) })
  await showsPhase(context, page, 'Connected')
  const pausesMs = triedAtMs.map((at, index) => at - (triedAtMs[index - 1] ?? lostAtMs))
  const early = leastPausesMs.filter((least, index) => (pausesMs[index] ?? 0) < least * 0.95)
  prove('tries that came before their pause was over', early).isEmpty()
  await eventually(async () => (await shownSeqs(page)).length >= before.length + 10, 15_000)
  const first = before[0] ?? 0
  prove('numbers of what was missed', (await shownSeqs(page)).toReversed().slice(-10)).equals(
    Array.from({ length: 10 }, (_none, index) => first + 1 + index),
  )
  await page.context().setOffline(true)
  await showsPhase(context, page, 'Offline')
  await tellRests(sql, scene, character, 3)
  await page.context().setOffline(false)
  await showsPhase(context, page, 'Connected')
  const isWhole = await eventually(async () => (await shownSeqs(page))[0] === first + 13, 15_000)
  prove('what was told while the page was offline shows', isWhole).isTrue()

  const tries = triedAtMs.length
  await system.kill()
  const lostAgainAtMs = performance.now()
  await showsPhase(context, page, 'Reconnecting')
  await system.startAgain()
  await showsPhase(context, page, 'Connected')
  const pauseMs = (triedAtMs[tries] ?? 0) - lostAgainAtMs
  prove('the pause that the service has asked for', pauseMs).isAtLeast(
    (slowerFirstMs / 2) * 0.95,
    'ms',
  )
})
