import { claim, describeDifference } from 'etalon'
import { kept, stepsOf } from './migrating.ts'
import { plantRows } from './planted-row.ts'

/** The migration that changes the ledger alone, which no fingerprint holds. */
const ofLedger = '10'

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
    const idle = trip.idle.filter((version) => version !== ofLedger)
    prove('migrations that changed nothing', idle).isEmpty()
    prove('whether backups may read the ledger, before and after', await readsLedger()).equals([
      false,
      true,
    ])
    prove('tables of the service that were empty when undone', own(trip.empty)).isEmpty()
    const slowestMs = Math.max(...trip.moves.map(({ durationMs }) => durationMs))
    prove('the slowest migration, up or down', slowestMs).isBelow(5 * 60_000, 'ms')
    const undone = new Set(trip.moves.filter(({ what }) => what === 'down').map(({ to }) => to))
    prove('versions that were left by going down', undone.size).isAtLeast(steps.versions.length)
    note('the newest migration beside people who write', await besideWriters())

    async function readsLedger(): Promise<boolean[]> {
      const mayRead = (): Promise<boolean> =>
        sql.value(`select has_table_privilege('jeex_backup', $1, 'select')`, [kept.ledger])
      await steps.down(String(Number(ofLedger) - 1))
      const before = await mayRead()
      await steps.up(steps.versions.at(-1) as string)
      return [before, await mayRead()]
    }

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
