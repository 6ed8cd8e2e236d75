import { claim, environment } from 'etalon'
import { setScene } from '../scene.ts'
import { livePath, watch } from '../watcher.ts'

claim(['CHAR-WS-01', 'CHAR-T-11'], async ({ sockets, system, sql, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const viewer = await system.actor('viewer')
  const member = `/api/v1/ecosystems/${ecosystem}/members/${String(viewer.facts['id'])}`
  await owner.put(member, { role: 'viewer' }).expect(204)
  const path = livePath(ecosystem)
  const statusFor = async (query: string, headers: Record<string, string> = {}): Promise<unknown> =>
    (await (await sockets.connect(`${path}${query}`, { headers })).ended())?.status
  prove('without a token', await statusFor('')).equals(401)
  const authorization = 'Bearer none'
  prove('with a token of nobody', await statusFor('', { authorization })).equals(401)
  const token = owner.headers['authorization']?.split(' ')[1]
  prove('with a token in the URL', await statusFor(`?token=${token}`)).equals(401)
  const stranger = await system.actor('stranger')
  prove('a stranger to the ecosystem', await statusFor('', stranger.headers)).equals(403)

  const hasty = await system.revision(environment({ SOCKET_HEARTBEAT_MS: '200' }))
  const watching = await watch({ sockets, system: hasty }, viewer, ecosystem)
  prove('a viewer is let in', watching.isOpen).isTrue()
  const guest = await system.actor('guest')
  const place = `/api/v1/ecosystems/${ecosystem}/members/${String(guest.facts['id'])}`
  await owner.put(place, { role: 'viewer' }).expect(204)
  const visiting = await watch({ sockets, system: hasty }, guest, ecosystem)
  prove('a guest is let in', visiting.isOpen).isTrue()
  await owner.delete(place).expect(204)
  prove('the end of one who is no member any more', (await visiting.ended())?.code).equals(1008)
  prove('the viewer beside him is there', watching.isOpen).isTrue()
  await sql.run('update users set is_active = false where id = $1', [viewer.facts['id']])
  prove('the end of one who was locked out', (await watching.ended())?.code).equals(1008)
})

claim('CHAR-API-08', { name: 'handshake' }, async ({ sockets, system, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const { headers } = owner
  const unfit = ['abc', `${ecosystem}?last_seq=x`, `${ecosystem}?last_seq=-1`]
  for (const place of unfit) {
    const refused = await (await sockets.connect(livePath(place), { headers })).ended()
    prove(
      `the answer to who wants to watch ${place.replace(ecosystem, 'it')}`,
      refused?.status,
    ).equals(422)
  }
})
