import { claim, cut, eventually, type HttpResponse } from 'etalon'
import { setScene, type Character } from '../scene.ts'

const turns = 5
const patienceMs = 10_000

claim(
  'CHAR-CACHE-03',
  {
    name: 'cut-off',
    title: 'A change through a server that is coming back to Redis is answered when others know',
    links: ['redis'],
    timeoutMs: 60_000,
  },
  async ({ system, sql, faults, prove }) => {
    const { owner, characters } = await setScene(system, { characters: 1 })
    const path = `/api/v1/characters/${(characters[0] as Character).id}`
    // Its way to Redis is its own, and is not cut.
    const beside = await (await system.revision()).actor('owner')
    const shown = async (): Promise<number> =>
      (await beside.get<{ version: number }>(path).expect(200)).body.version
    const stored = (): Promise<number> =>
      sql.value<number>('select version from characters where id = $1', [characters[0]?.id])
    let changedWhileCut = 0
    const stale: object[] = []
    for (let turn = 1; turn <= turns; turn += 1) {
      const before = await shown()
      let changing: Promise<HttpResponse> | undefined
      await faults.during('redis', cut(), async () => {
        const isCut = async (): Promise<boolean> => {
          const { body } = await system.anonymous.get<Ready>('/ready')
          return body.dependencies['redis'] === 'down'
        }
        const wasCut = await eventually(isCut, patienceMs)
        changing = Promise.resolve(
          owner.patch(path, { current_context: `Turn ${turn}` }).expect(200),
        )
        const hasChanged = await eventually(async () => (await stored()) > before, patienceMs)
        if (wasCut && hasChanged) changedWhileCut += 1
      })
      await changing
      const found = { shown: await shown(), stored: await stored() }
      if (found.shown !== found.stored) stale.push({ turn, ...found })
    }
    prove('changes while its server was cut off', changedWhileCut).equals(turns)
    prove('what another server shows older than it is', stale).isEmpty()
  },
)

interface Ready {
  readonly dependencies: Readonly<Record<string, string>>
}
