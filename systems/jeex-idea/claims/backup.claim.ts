import {
  type Actor,
  claim,
  type ClaimContext,
  eventually,
  type History,
  hold,
  outcomeOfResponse,
  type Sql,
  statement,
} from 'etalon'
import { lookAtRestored, sumTables, takeBackup, tryBackup } from './backup-door.ts'
import {
  auditsOfNothing,
  findMarked,
  hireWriters,
  markedKinds,
  markedRequest,
  versionGaps,
  type Writer,
} from './marked-write.ts'
import { plantArchive } from './archive.ts'

const writers = 6
/** Writes before the backup is asked for; it comes into the middle of as many again. */
const writesBefore = 30
const writesAround = 240
const writesAfter = 60
/** More rows in a table than are read, and than are restored, at once. */
const smallArchive = { projects: 10, documentsEach: 120, executionsEach: 150 }

claim('JEEX-REQ-007', { links: ['postgres'], timeoutMs: 120_000 }, async (context) => {
  const { system, sql, random, faults, prove } = context
  const operator = await system.actor('operator')
  const archivist = await system.actor('archivist')
  const planted = await plantArchive(sql, String(archivist.facts['id']), smallArchive)
  const crowd = await hireWriters(system, 'backed-up', writers)
  const mark = random.text(8)

  // Its moment is fixed by then, and it goes on only after more has been written.
  const begun = hold(statement(/^fetch \d+ from rows/i, { times: 1 }))
  const early = await write(context, crowd, { mark: `${mark}-early`, count: writesBefore })
  const { taking, around, late } = await faults.during('postgres', begun, async (held) => {
    const writing = write(context, crowd, { mark: `${mark}-around`, count: writesAround })
    const asked = takeBackup(operator, 'full').expect(201)
    await held.held()
    const written = await writing
    const after = await write(context, crowd, { mark: `${mark}-late`, count: writesAfter })
    return { taking: asked, around: written, late: after }
  })
  const full = (await taking).body
  const writes = [early, around, late]
  const unanswered = writes.flatMap(({ failed, unknown }) => [...failed, ...unknown])
  prove('writes refused while the backup was taken', unanswered).isEmpty()

  const trial = await lookAtRestored(
    context,
    () => tryBackup(operator, full.id),
    (copy) => proveMoment(context, copy, { mark, early, around, late }),
  )
  prove('the service finds what it restored equal', trial).holds({ recovered: true, problem: null })
  const restored = trial.tables.reduce((sum, each) => sum + each.rows_restored, 0)
  prove('rows restored', restored).isAtLeast(planted + writesBefore)
  await proveIncrement(context, operator, crowd)
})

interface Writes {
  readonly mark: string
  readonly early: History<Marked>
  readonly around: History<Marked>
  readonly late: History<Marked>
}

/** A restored backup is what the database was at one moment between the early and the late writes. */
async function proveMoment(
  { prove, note, doubt }: ClaimContext,
  copy: Sql,
  { mark, early, around, late }: Writes,
): Promise<void> {
  const rows = await findMarked(copy, mark)
  const found = new Set(rows.map(({ key }) => key))
  const isThere = ({ input }: { readonly input: Marked }): boolean => found.has(input.key)
  const lacking = early.ok.filter((each) => !isThere(each))
  prove('writes before the backup that it lacks', lacking).isEmpty()
  prove('writes after its moment that it has', late.ok.filter(isThere)).isEmpty()
  const inside = around.ok.filter(isThere).length
  note('writes around its moment', { inside, outside: around.ok.length - inside })
  if (inside === 0 || inside === around.ok.length) {
    doubt({ kind: 'no-overlap', message: 'nothing was written while the backup began' })
  }
  const torn = rows.filter(({ audits, answers }) => audits !== 1 || answers !== 1)
  prove('units of work of which it has a part', torn).isEmpty()
  prove('versions missing in it', await versionGaps(copy)).isEmpty()
  prove('audit entries in it about nothing', await auditsOfNothing(copy)).isEmpty()
}

/**
 * An incremental backup holds what has changed since its base, also by a transaction that was under
 * way while the base was taken.
 */
async function proveIncrement(
  context: ClaimContext,
  operator: Actor,
  crowd: readonly Writer[],
): Promise<void> {
  const { sql, random, prove } = context
  const base = await sql.session(async (tx) => {
    await tx.run('begin')
    await tx.run(`update users set name = 'changed across the backup' where id = $1`, [
      crowd[0]?.actor.facts['id'],
    ])
    const { body } = await takeBackup(operator, 'full').expect(201)
    await tx.run('commit')
    return body
  })
  await changeThings(crowd)
  await write(context, crowd, { mark: random.text(8), count: 30 })
  const increment = (await takeBackup(operator, 'incremental').expect(201)).body
  prove('what the incremental backup adds to', increment.base_id).equals(base.id)
  const trial = await lookAtRestored(
    context,
    () => tryBackup(operator, increment.id),
    async (copy) => {
      prove('restored tables by count and checksum', await sumTables(copy)).equals(
        await sumTables(sql),
      )
    },
  )
  prove('the service finds the chain equal too', trial).holds({ recovered: true, problem: null })
}

/** Changes and deletes what the base of a backup has as it was before. */
async function changeThings(crowd: readonly Writer[]): Promise<void> {
  for (const { actor, projectId } of crowd.slice(1, 4)) {
    const project = `/projects/${projectId}`
    const { headers } = await actor.get(project).expect(200)
    const match = { headers: { 'if-match': String(headers['etag']) } }
    await actor.put(project, { name: 'Changed', status: 'in_progress' }, match).expect(200)
  }
  for (const { actor, projectId } of crowd.slice(4)) {
    await actor.delete(`/projects/${projectId}`).expect(204)
  }
}

interface Marked {
  readonly key: string
  readonly writer: Writer
  readonly kind: (typeof markedKinds)[number]
}

/** Writes marked things, as many callers at once as there are writers. */
function write(
  { histories }: Pick<ClaimContext, 'histories'>,
  crowd: readonly Writer[],
  { mark, count }: { readonly mark: string; readonly count: number },
): Promise<History<Marked>> {
  return histories.concurrently(
    {
      actors: crowd.length,
      operations: count,
      input: (at, draw): Marked => ({
        key: `${mark}-${at}`,
        writer: draw.pick(crowd),
        kind: draw.pick(markedKinds),
      }),
    },
    async ({ key, writer, kind }) => {
      const headers = { 'idempotency-key': key }
      const [path, body] = markedRequest(writer, kind, key)
      return outcomeOfResponse(await writer.actor.post(path, body, { headers }))
    },
  )
}

const dayMs = 86_400_000
const outages = 2
/** How long a backup that is due may take to come. */
const comesWithinMs = 20_000
/** The clock is looked at as often as the most frequent job is due, here ten times meanwhile. */
const staysAwayMs = 1_000
const looksOften = { HOUSEKEEPING_INTERVAL_MS: '100' }
/** What backups of one database take, so that there is one at a time. */
const backupLock = `hashtextextended('jeex-idea backup', 0)`

claim('JEEX-D-14', { clock: 'movable', timeoutMs: 120_000 }, async (context) => {
  const { system, sql, prove } = context
  const isPlanned = async (): Promise<boolean> => (await dueAtMs(sql)) !== undefined
  prove('a full backup is planned', await eventually(isPlanned, comesWithinMs)).isTrue()
  let expected = 0
  const isMade = async (): Promise<boolean> => (await fullBackups(sql)) >= expected
  for (let outage = 1; outage <= outages; outage += 1) {
    await system.kill()
    await passDue(context, 3 * dayMs)
    await system.startAgain('api', looksOften)
    expected += 1
    prove(`full backup after outage ${outage}`, await eventually(isMade, comesWithinMs)).isTrue()
  }
  await passDue(context, dayMs / 24)
  expected += 1
  prove('full backup at any minute of an hour', await eventually(isMade, comesWithinMs)).isTrue()

  await sql.session(async (busy) => {
    await busy.run(`select pg_advisory_lock(${backupLock})`)
    await passDue(context, dayMs / 24)
    const isTaken = async (): Promise<boolean> =>
      ((await dueAtMs(sql)) ?? 0) > system.clock.now().getTime()
    prove(
      'its turn comes while another is taken',
      await eventually(isTaken, comesWithinMs),
    ).isTrue()
    prove('it has begun by then', await eventually(() => hasMet(sql), comesWithinMs)).isTrue()
    await busy.run(`select pg_advisory_unlock(${backupLock})`)
  })
  expected += 1
  const isMadeUp = await eventually(isMade, comesWithinMs)
  prove('full backup once the other is done', isMadeUp).isTrue()
  const isTooMany = await eventually(async () => (await fullBackups(sql)) > expected, staysAwayMs)
  prove('more than one for a turn', isTooMany).equals(false)
})

/** Lets the clock pass the moment at which the next full backup is due, by anything up to so much. */
async function passDue(
  { system, sql, random }: Pick<ClaimContext, 'system' | 'sql' | 'random'>,
  byMsMax: number,
): Promise<void> {
  const due = (await dueAtMs(sql)) ?? system.clock.now().getTime()
  await system.clock.moveTo(new Date(due + random.integer(1, byMsMax)))
}

async function dueAtMs(sql: Sql): Promise<number | undefined> {
  const [row] = await sql.rows<{ due_at: Date }>(
    `select due_at from job_schedules where name = 'backup-full'`,
  )
  return row?.due_at.getTime()
}

/** Whether the backup whose turn it is waits for the other, or has given up. */
function hasMet(sql: Sql): Promise<boolean> {
  return sql.value(
    `select exists (select from pg_locks where locktype = 'advisory' and not granted)
       or not exists (select from pgboss.job where name = 'backup-full'
         and state in ('created', 'active'))`,
  )
}

function fullBackups(sql: Sql): Promise<number> {
  return sql.value(`select count(*) from backups where kind = 'full' and status = 'completed'`)
}
