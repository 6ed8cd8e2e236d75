import { claim, outcomeOfResponse } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

claim(['CHAR-ENG-08', 'CHAR-T-54'], async ({ system, sql, histories, prove }) => {
  const scene = await setScene(system, { characters: 11, settings: { energy_regen: 0 } })
  const [hub, ...others] = scene.characters as [Character, ...Character[]]
  const history = await histories.concurrently(
    { actors: 10, operations: 100, input: (index) => others[index % 10] as Character },
    async (other) =>
      outcomeOfResponse(
        await scene.owner.post('/api/v1/interactions', meeting(hub, other, 'conflict', 'Enough!')),
      ),
  )
  const { spent, energy } = await sql.one<{ spent: number; energy: number }>(
    `select coalesce(sum(initiator_cost), 0)::integer as spent,
       (select energy from characters where id = $1) as energy
     from interactions where initiator_id = $1`,
    [hub.id],
  )
  prove('interactions that were possible', history.ok.length).equals(4)
  prove('energy spent and left', spent + energy).equals(1_000)
  prove('energy left', energy).equals(0)
})
