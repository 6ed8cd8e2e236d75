import { claim } from 'etalon'
import { makeCharacter, meeting, setScene, type Character } from '../scene.ts'

/** Takes a right password, ids in its body, or an ecosystem that no other request has put to sleep. */
const hardToPlease: ReadonlySet<string> = new Set([
  'POST /api/v1/auth/login',
  'POST /api/v1/characters',
  'POST /api/v1/ecosystems/{id}/autonomy/step',
  'POST /api/v1/interactions',
  'POST /auth/session',
  'POST /auth/sign-in',
])

/** What hashes a password, and what reads all that is stored: it takes no values to be varied. */
const slowByNature = /\/(register|login|sign-in|session|graph\/state)$/

claim('CHAR-API-08', { name: 'contract', timeoutMs: 300_000 }, async (context) => {
  const { system, contract, note, prove } = context
  const settings = { energy_regen: 100 }
  const { owner, ecosystem, characters } = await setScene(system, { characters: 30, settings })
  const [one, other] = characters as [Character, Character]
  const { body } = await owner
    .post<{ id: string }>('/api/v1/interactions', meeting(one, other))
    .expect(201)
  const spare = await Promise.all(
    Array.from({ length: 10 }, () => makeCharacter(owner, ecosystem, 'To spare')),
  )
  const places: string[] = []
  while (places.length < 10) places.push((await setScene(system, { characters: 0 })).ecosystem)
  const ids = characters.map(({ id }) => id)
  const viewer = await system.actor('viewer')
  const guests = await Promise.all(
    Array.from({ length: 5 }, async (_none, at) => {
      const id = String((await system.actor(`guest ${at}`)).facts['id'])
      const member = `/api/v1/ecosystems/${ecosystem}/members/${id}`
      await owner.put(member, { role: 'viewer' }).expect(204)
      return id
    }),
  )
  const operator = await system.actor('operator')
  const leaver = await system.actor('leaver')
  const known: Readonly<Record<string, readonly string[]>> = {
    'DELETE /api/v1/characters/{id} id': spare.map(({ id }) => id),
    'DELETE /api/v1/ecosystems/{id} id': places,
    'DELETE /api/v1/ecosystems/{id}/members/{user} user': guests,
    ecosystem: [ecosystem],
    ecosystem_id: [ecosystem],
    after: [body.id],
    from: ids,
    to: ids,
    with: ids,
    initiator_id: ids.slice(0, 15),
    target_id: ids.slice(15),
    user: [String(viewer.facts['id'])],
  }
  const run = await contract.tryAll({
    requests: 3_000,
    credentials({ name }) {
      // His token ends with the first.
      if (name === 'DELETE /auth/session') return leaver.headers
      return (name === 'GET /api/v1/graph/state' ? operator : owner).headers
    },
    known: (name, { name: operation }) => {
      if (name !== 'id') return known[`${operation} ${name}`] ?? known[name] ?? []
      const own = operation.includes('/characters/{id}') ? ids : [ecosystem]
      return known[`${operation} id`] ?? own
    },
    errorStatuses: [400, 401, 403, 404, 405, 409, 413, 415, 422, 429],
    share: ({ name }) => (slowByNature.test(name) ? 0.1 : 1),
  })
  note('rate', { requestsPerSecond: Math.round(run.requestsPerSecond) })
  prove('generated requests', run.requests).isAtLeast(3_000)
  prove('answers that break the contract', run.violations).isEmpty()
  prove('schemas that cannot be used', run.unusableSchemas).isEmpty()
  prove('methods that are taken and not documented', run.undocumentedMethods).isEmpty()
  prove(
    'operations that accepted nothing, though they could',
    run.neverAccepted.filter((name) => !hardToPlease.has(name)),
  ).isEmpty()
})
