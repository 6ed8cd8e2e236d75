import { claim, kill, type Random, type SystemHandle } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { livePath, reading } from '../watcher.ts'
import { following, lastSeq } from './telling.ts'

const clients = 500
const changes = 120

/** What is killed, each once, in an order and at moments drawn by the seed. */
const victims = ['this server', 'the other server', 'Redis'] as const

interface Kill {
  readonly victim: (typeof victims)[number]
  /** Changes after which it is killed, and after which it is started again. */
  readonly from: number
  readonly to: number
}

function drawKills(random: Random): readonly Kill[] {
  const each = Math.floor(changes / victims.length)
  return random.shuffle([...victims]).map((victim, place) => {
    const from = place * each + random.integer(1, each / 2)
    return { victim, from, to: from + random.integer(3, each / 2 - 1) }
  })
}

claim(
  ['CHAR-WS-12', 'CHAR-T-23', 'CHAR-WS-13'],
  {
    name: 'kills',
    title:
      '500 clients hear every event, once and in one order, though servers and Redis are killed',
    isolation: 'exclusive',
    timeoutMs: 180_000,
  },
  async ({ faults, random, sockets, system, note, prove }) => {
    const beside = await system.revision()
    const { owner, ecosystem, characters } = await setScene(system, { characters: 1 })
    const [one] = characters as [Character]
    const { headers } = owner
    const before = await lastSeq(system, ecosystem)
    const path = livePath(ecosystem)
    const crowd = await sockets.crowd([`${system.url}${path}`, `${beside.url}${path}`], {
      clients,
      headers,
      reading,
      reconnection: { firstMs: 200, maxMs: 2_000, jitter: 0.5 },
      resumeParameter: 'last_seq',
      arrivalHz: 500,
    })
    const kills = drawKills(random)
    note('what is killed', { kills })
    const strike = async ({ victim }: Kill): Promise<() => Promise<unknown>> => {
      if (victim === 'the other server') {
        await beside.kill()
        return () => beside.startAgain()
      }
      const fault = await faults.inject(victim === 'Redis' ? 'redis' : 'api', kill())
      return () => fault.heal()
    }
    let revive = (): Promise<unknown> => Promise.resolve()
    for (let change = 1; change <= changes; change += 1) {
      const begun = kills.find(({ from }) => from === change)
      if (begun) revive = await strike(begun)
      const server = kills.some(
        ({ victim, from, to }) => victim === 'this server' && from <= change && change <= to,
      )
        ? beside
        : system
      await tellOnce(server, headers, one, change)
      if (kills.some(({ to }) => to === change)) await revive()
    }
    await crowd.published(following(before, changes))
    await crowd.connected({ timeoutMs: 60_000 })
    const account = await crowd.until(changes, { timeoutMs: 60_000 })
    note('how it went', { cuts: account.cuts, caughtUp: account.caughtUp })
    prove('clients at the end', account.connected).equals(clients)
    prove('connections that were cut', account.cuts).isAtLeast(clients)
    prove('events that some client lacks', account.missing).isEmpty()
    prove('events that were lost with a connection', account.missedInCuts).isEmpty()
    prove('events that came twice', account.duplicated).isEmpty()
    prove('events out of the common order', account.reordered).isEmpty()
    prove('events that differ from client to client', account.differing).isEmpty()
    prove('events that nobody told', account.unexpected).isEmpty()
  },
)

/** One change of a character, which is one event, asked of one of the servers. */
async function tellOnce(
  server: SystemHandle,
  headers: Readonly<Record<string, string>>,
  character: Character,
  change: number,
): Promise<void> {
  const body = { description: `Is ${change} now.` }
  await server.anonymous
    .as('owner', headers)
    .patch(`/api/v1/characters/${character.id}`, body)
    .expect(200)
}
