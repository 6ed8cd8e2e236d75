import { mkdir, readdir, rename, rmdir } from 'node:fs/promises'
import { type Actor, claim, eventually, type Sql, type SystemHandle } from 'etalon'
import { addDocument } from '../document.ts'
import { madeExport, madeExports, type Export } from '../export.ts'
import { openProject } from '../project.ts'
import { atOnce, tally } from '../refusal.ts'

const expired = '410 JEEX_EXPORT_EXPIRED'

claim('JEEX-R-11', { clock: 'movable', timeoutMs: 90_000 }, async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:waits')
  const { id } = await openProject(owner)
  await addDocument(owner, id).expect(201)
  const made = await madeExports(owner, id, 5)
  const [first, second] = made as [Export, Export]
  const ask = (of: Export) => owner.get(`/exports/${of.id}/download`)
  for (let times = 0; times < 3; times += 1) await ask(first).expect(200)
  const dueMs = Math.min(...made.map(({ expires_at }) => Date.parse(expires_at)))
  const lastMs = Math.max(...made.map(({ expires_at }) => Date.parse(expires_at)))
  await system.clock.moveTo(new Date(dueMs - 30_000))
  const nextRound = `select coalesce(max(extract(epoch from due_at)) * 1000, 0) from job_schedules
    where name = 'housekeeping'`
  // The job that tidies up has had its turn and comes again in a minute.
  const isFarOff = async (): Promise<boolean> =>
    (await sql.value<number>(nextRound)) > lastMs + 5_000
  prove('the next round of the job comes after that', await eventually(isFarOff, 15_000)).isTrue()
  await ask(first).expect(200)
  prove('half a minute before', await statesOf(owner, made)).equals('5 × completed')
  prove('files half a minute before', await filesOf(system)).equals(5)

  await system.clock.moveTo(new Date(lastMs + 1))
  // Nobody has to come by and take the file away first.
  prove('20 downloads a millisecond after', tally(await atOnce(20, () => ask(first)))).equals(
    `20 × ${expired}`,
  )
  prove('a millisecond after', await statesOf(owner, made)).equals('5 × expired')
  const last = made.at(-1) as Export
  const release = await holdFile(system, last)
  await system.clock.advance(61_000)
  const areLeft = (files: number) => async (): Promise<boolean> =>
    (await filesOf(system)) === files && (await unmarked(sql, id)) === files
  const isTidy = await eventually(areLeft(1), 15_000)
  prove('files but one that cannot be are taken away within two minutes', isTidy).isTrue()
  await release()
  await system.clock.advance(61_000)
  const isWhole = await eventually(areLeft(0), 15_000)
  prove('that one is taken away once it can be', isWhole).isTrue()
  const rows = await sql.one(
    `select count(*) filter (where status = 'expired') as expired,
       sum(download_count) as downloads,
       (select count(*) from audit_log where project_id = $1 and action = 'export.expire')
         as entries
     from exports where project_id = $1`,
    [id],
  )
  prove('what is kept of them', rows).equals({ expired: 5, downloads: 4, entries: 5 })
  prove('a download after that', tally([await ask(second)])).equals(`1 × ${expired}`)
  const next = await madeExport(owner, id)
  prove('a new export by the clock of then', next.status).equals('completed')
  await ask(next).expect(200)
})

/** Puts a folder where a file was: it cannot be taken away as a file until it is let go of. */
async function holdFile({ services }: SystemHandle, { id }: Export): Promise<() => Promise<void>> {
  const path = `${services.directory}/exports/${id}.zip`
  await rename(path, `${path}.kept`)
  await mkdir(path)
  return async () => {
    await rmdir(path)
    await rename(`${path}.kept`, path)
  }
}

/** How many exports of a project count as completed still, whether or not they are over. */
function unmarked(sql: Sql, projectId: string): Promise<number> {
  const text = `select count(*) from exports where project_id = $1 and status = 'completed'`
  return sql.value(text, [projectId])
}

async function statesOf(owner: Actor, exports: readonly Export[]): Promise<string> {
  const states = await Promise.all(
    exports.map(async ({ id }) => (await owner.get<Export>(`/exports/${id}`)).body.status),
  )
  return [...Map.groupBy(states, String)]
    .map(([state, { length }]) => `${length} × ${state}`)
    .join()
}

/** How many packages lie in the service's folder. */
async function filesOf({ services }: SystemHandle): Promise<number> {
  const names = await readdir(`${services.directory}/exports`)
  return names.filter((name) => name.endsWith('.zip')).length
}
