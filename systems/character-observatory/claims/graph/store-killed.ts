import { claim, eventually, kill } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { settledState, type Network } from './state.ts'

const recoversWithinMs = 20_000

claim(
  'CHAR-T-61',
  {
    name: 'graph',
    title:
      'With PostgreSQL killed, which keeps the graph, questions are refused; then it is as before',
    durability: 'honest',
    timeoutMs: 90_000,
  },
  async ({ system, faults, prove }) => {
    const { owner, ecosystem, characters } = await setScene(system, { characters: 3 })
    const [one, two, three] = characters as [Character, Character, Character]
    const meet = (from: Character, to: Character) =>
      owner.post('/api/v1/interactions', meeting(from, to))
    await meet(one, two).expect(201)
    const path = `/api/v1/ecosystems/${ecosystem}/graph`
    const before = (await owner.get<Network>(path).expect(200)).body
    prove('pairs that have met', before.edges.length).equals(1)
    await faults.during('postgres', kill(), async () => {
      prove('what is asked of the graph meanwhile', (await owner.get(path)).status).equals(503)
      prove('an interaction meanwhile', (await meet(two, three)).status).equals(503)
      prove('the service itself', (await system.anonymous.get('/health')).status).equals(200)
    })
    const isBack = async (): Promise<boolean> => (await owner.get(path)).status === 200
    prove('the graph is back', await eventually(isBack, recoversWithinMs)).isTrue()
    prove('what it tells then', (await owner.get<Network>(path).expect(200)).body).equals(before)
    await meet(two, three).expect(201)
    const { edges } = (await owner.get<Network>(path).expect(200)).body
    prove('pairs after a further interaction', edges.length).equals(2)
    prove('differences to the relationships', (await settledState(system)).differences).equals(0)
  },
)
