import { createServer, type AddressInfo } from 'node:net'
import { claim, type Actor } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import type { Network } from './state.ts'

claim(
  'CHAR-DB-11',
  {
    name: 'away',
    title: 'While the named graph server is away, PostgreSQL answers what is asked of the graph',
    timeoutMs: 90_000,
  },
  async ({ system, random, prove }) => {
    const away = {
      NEO4J_URL: `bolt://127.0.0.1:${await closedPort()}`,
      NEO4J_PASSWORD: random.text(16),
    }
    const other = await system.another(away)
    const { owner, ecosystem, characters } = await setScene(other, { characters: 3 })
    const [one, two, three] = characters as [Character, Character, Character]
    await owner.post('/api/v1/interactions', meeting(one, two)).expect(201)
    await owner.post('/api/v1/interactions', meeting(two, three)).expect(201)
    const { nodes, edges } = await answerOf<Network>(owner, `/ecosystems/${ecosystem}/graph`)
    prove('characters in the graph', nodes.length).equals(3)
    prove('pairs that have met', edges.length).equals(2)
    const { items } = await answerOf<{ items: unknown[] }>(
      owner,
      `/characters/${one.id}/neighbours?depth=2`,
    )
    prove('neighbours within two steps', items.length).equals(2)
    const way = await answerOf<{ ids: string[] }>(
      owner,
      `/graph/path?from=${one.id}&to=${three.id}`,
    )
    prove('the way', way.ids).equals([one.id, two.id, three.id])
    // After three failures it is left alone for a while: the answers stay the same.
    const again = await answerOf<Network>(owner, `/ecosystems/${ecosystem}/graph`)
    prove('the graph as told after three failures', again).equals({ nodes, edges })
    const operator = await other.actor('operator')
    const { status, body } = await operator.get('/api/v1/graph/state')
    prove('what an operator is told who asks how the graph server stands', {
      status,
      code: (body as { error?: { code?: string } }).error?.code,
    }).equals({ status: 503, code: 'CHAR_GRAPH_DOWN' })
    const { code } = await other.run(['node', 'src/rebuild-graph.ts'], ({ postgres }) => ({
      DATABASE_URL: postgres.url('app'),
      ...away,
    }))
    prove('how the command ends that makes the graph anew', code).equals(1)
  },
)

async function answerOf<Body>(owner: Actor, path: string): Promise<Body> {
  return (await owner.get<Body>(`/api/v1${path}`).expect(200)).body
}

/** A port on which nobody listens: one that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
