import { claim, describeDifference } from 'etalon'
import { kept, stepsOf } from './migrating.ts'
import { plantRows } from './planted-row.ts'

claim(
  ['JEEX-REQ-003', 'JEEX-T-04', 'JEEX-D-11'],
  { isolation: 'exclusive', timeoutMs: 600_000 },
  async ({ system, sql, random, migrations, note, prove }) => {
    await system.kill()
    const steps = stepsOf(system)
    const seed = (): Promise<void> => plantRows(sql, random)
    const trip = await migrations.roundTrip({ steps, seed, ...kept })
    prove('moves up and down that failed', trip.failed).isEmpty()
    prove('what is not as it was', trip.differences.map(told)).isEmpty()
    prove('migrations that changed nothing', trip.idle).isEmpty()
    prove('tables of the service that were empty when undone', own(trip.empty)).isEmpty()
    const undone = new Set(trip.moves.filter(({ what }) => what === 'down').map(({ to }) => to))
    prove('versions that were left by going down', undone.size).isAtLeast(steps.versions.length)
    note('the newest migration beside people who write', await besideWriters())

    async function besideWriters(): Promise<Readonly<Record<string, unknown>>> {
      const [before, newest] = steps.versions.slice(-2)
      await steps.down(before)
      await seed()
      const project = await sql.value('select id from projects order by id limit 1')
      const traffic = await migrations.underTraffic({
        run: () => steps.up(newest as string),
        write: () => sql.run('update projects set name = name where id = $1', [project]),
        ledger: kept.ledger,
      })
      return { ...traffic }
    }
  },
)

claim(
  'JEEX-REQ-003',
  { name: 'failing', isolation: 'exclusive', timeoutMs: 600_000 },
  async ({ system, sql, random, migrations, prove }) => {
    await system.kill()
    const steps = stepsOf(system)
    const seed = (): Promise<void> => plantRows(sql, random)
    const found = await migrations.failHalfway({ steps, seed, ...kept })
    prove('migrations made to fail', found.struck.length).equals(2 * steps.versions.length)
    prove(
      'traces that they left',
      found.traces.flatMap(({ version, what, after, trace }) =>
        trace.map((one) => `${version} ${what} after ${after}: ${describeDifference(one)}`),
      ),
    ).isEmpty()
    prove('failures that were called a success', found.unnoticed).isEmpty()
    prove('migrations that could not be run after one had failed', found.failed).isEmpty()
  },
)

type Told = Parameters<typeof describeDifference>[0] & { readonly version: string; on: string }

function told(difference: Told): string {
  return `${difference.version} ${difference.on}: ${describeDifference(difference)}`
}

/** Of the tables those that the migrations made, not the job engine's. */
function own(tables: readonly string[]): string[] {
  return tables.filter((table) => table.startsWith('public.'))
}
