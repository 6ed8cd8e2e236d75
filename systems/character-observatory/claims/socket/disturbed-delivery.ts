import { claim, kill, type Random, type SystemHandle } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { livePath, reading } from '../watcher.ts'
import { following, lastSeq } from './telling.ts'

const clients = 500
/** Of each kind of kill clients miss four at least; each change is heard by all of them. */
const changes = 60

/** What is killed, each once, in an order and at moments drawn by the seed. */
const victims = ['this server', 'the other server', 'Redis'] as const

interface Kill {
  readonly victim: (typeof victims)[number]
  /** Changes before it is killed, and until it is started again. */
  readonly before: number
  readonly during: number
}

function drawKills(random: Random): readonly Kill[] {
  const mostOfEach = changes / victims.length / 2
  return random.shuffle([...victims]).map((victim) => ({
    victim,
    before: random.integer(1, mostOfEach),
    during: random.integer(4, mostOfEach),
  }))
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
    const strike = async (victim: Kill['victim']): Promise<() => Promise<unknown>> => {
      if (victim === 'the other server') {
        await beside.kill()
        return () => beside.startAgain()
      }
      const fault = await faults.inject(victim === 'Redis' ? 'redis' : 'api', kill())
      return () => fault.heal()
    }
    let told = 0
    const tellNext = (server: SystemHandle): Promise<void> => {
      told += 1
      return tellOnce(server, headers, one, told)
    }
    const tell = async (count: number, server = system): Promise<void> => {
      for (let left = count; left > 0; left -= 1) await tellNext(server)
    }
    for (const { victim, before: earlier, during } of kills) {
      await tell(earlier)
      const revive = await strike(victim)
      if (victim === 'Redis') {
        // Each waits for Redis, which may come back: asked for at once, they wait together.
        await Promise.all(Array.from({ length: during }, () => tellNext(system)))
      } else {
        await tell(during, victim === 'this server' ? beside : system)
      }
      await revive()
    }
    await tell(changes - told)
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
