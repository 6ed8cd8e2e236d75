import { claim, describeDifference, type Sql } from 'etalon'
import { ledger, stepsOf } from './migrating.ts'
import { plain } from './scene.ts'

claim(
  'CHAR-T-22',
  { name: 'migrations', isolation: 'exclusive', timeoutMs: 300_000 },
  async ({ system, sql, migrations, prove }) => {
    await system.kill()
    const steps = stepsOf(system)
    const seed = (version: string): Promise<void> => plantRows(sql, Number(version))
    const trip = await migrations.roundTrip({ steps, seed, ledger })
    prove('moves up and down that failed', trip.failed).isEmpty()
    prove('what is not as it was', trip.differences.map(describeDifference)).isEmpty()
    prove('migrations that changed nothing', trip.idle).isEmpty()
    const undone = new Set(trip.moves.filter(({ what }) => what === 'down').map(({ to }) => to))
    prove('versions that were left by going down', undone.size).isAtLeast(steps.versions.length)
  },
)

/** Rows for what the tables of a version keep, each time of somebody new. */
async function plantRows(sql: Sql, version: number): Promise<void> {
  if (version < 2) return
  const ecosystem = await sql.value<string>(
    `with owner as (
       insert into users (email, username, password_hash)
       select name || '@observatory.example', name, 'none'
       from (select 'planted-' || gen_random_uuid() as name) as drawn returning id
     ), place as (
       insert into ecosystems (name, owner_id) select 'Planted', id from owner
       returning id, owner_id
     ), member as (
       insert into ecosystem_members select id, owner_id, 'owner' from place
     )
     select id from place`,
  )
  if (version < 3) return
  const pair = await sql.rows<{ id: string }>(
    `insert into characters (ecosystem_id, owner_id, name, description, personality_traits)
     select $1, owner_id, 'Planted', 'Lives here.', $2 from ecosystems, generate_series(1, 2)
     where ecosystems.id = $1 returning characters.id`,
    [ecosystem, JSON.stringify(plain)],
  )
  const [one, other] = pair.map(({ id }) => id).toSorted()
  await sql.run(
    `insert into character_relationships (ecosystem_id, character_a_id, character_b_id)
     values ($1, $2, $3)`,
    [ecosystem, one, other],
  )
  if (version >= 4) {
    await sql.run(
      `insert into interactions (ecosystem_id, initiator_id, target_id, interaction_type, content,
         response, sentiment, initiator_cost, target_cost, strength_change, trust_change,
         familiarity_change, emotions)
       values ($1, $2, $3, 'greeting', 'Hello', 'Hello', 0.3, 50, 40, 0.006, 0.003, 0.02, '{}')`,
      [ecosystem, one, other],
    )
  }
  if (version >= 5) {
    await sql.run(`insert into events (ecosystem_id, type, data) values ($1, 'planted', '{}')`, [
      ecosystem,
    ])
  }
}
