import { claim } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { livePath, reading } from '../watcher.ts'
import { changeOften, following, lastSeq } from './telling.ts'

const changes = 10

claim('CHAR-WS-13', async ({ sockets, system, prove }) => {
  const beside = await system.revision()
  const { owner, ecosystem, characters } = await setScene(system, { characters: 2 })
  const [one, other] = characters as [Character, Character]
  const before = await lastSeq(system, ecosystem)
  const path = livePath(ecosystem)
  const { headers } = owner
  const urls = [`${system.url}${path}`, `${beside.url}${path}`]
  const crowd = await sockets.crowd(urls, { clients: 10, headers, reading })
  const there = beside.anonymous.as('owner', headers)
  await Promise.all([changeOften(owner, one, changes), changeOften(there, other, changes)])
  await crowd.published(following(before, 2 * changes))
  const account = await crowd.until(2 * changes)
  prove('events that some client lacks', account.missing).isEmpty()
  prove('events that came twice', account.duplicated).isEmpty()
  prove('events out of the common order', account.reordered).isEmpty()
  prove('events that differ from server to server', account.differing).isEmpty()
})
