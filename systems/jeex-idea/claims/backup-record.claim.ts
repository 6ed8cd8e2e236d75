// Further claims on the same instance.
import './backup/loss.ts'
import { createHash } from 'node:crypto'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type Actor,
  claim,
  eventually,
  type Prove,
  type Random,
  type Sql,
  type SystemHandle,
} from 'etalon'
import { plantArchive } from './archive.ts'
import {
  backedUpTables,
  fileOf,
  readBackups,
  sumTables,
  takeBackup,
  tryBackup,
  type Backup,
} from './backup-door.ts'
import { flipBit, replacedBy, wholeDamages, type Damage } from './damage.ts'
import { dashboardOf } from './monitor.ts'

claim('JEEX-DB-08', async ({ system, sql, prove }) => {
  const operator = await system.actor('operator')
  const before = Date.now()
  const full = (await takeBackup(operator, 'full').expect(201)).body
  const bytes = await readFile(fileOf(system, full))
  prove('the size that is kept', full.size_bytes).equals(bytes.length)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  prove('the checksum that is kept', full.sha256).equals(sha256)
  prove('kind and state', full).holds({ kind: 'full', base_id: null, status: 'completed' })
  const times = [full.started_at, full.finished_at, full.verified_at].map((time) =>
    Date.parse(time ?? ''),
  )
  const isInOrder = times.every((time, at) => time >= (times[at - 1] ?? before - 1))
  prove('start, end and verification are in order', isInOrder).isTrue()
  prove('a trial before it was tried', full.restore_tested_at).equals(null)
  await tryBackup(operator, full.id).expect(200)
  const kept = await sql.one<{ tested: boolean; recovered: boolean }>(
    `select restore_tested_at >= finished_at as tested,
       (restore_report ->> 'recovered')::boolean as recovered from backups where id = $1`,
    [full.id],
  )
  prove('its trial is kept', kept).equals({ tested: true, recovered: true })

  await breakFolder(system, full, async () => {
    const { status } = await takeBackup(operator, 'full')
    prove('answer to a backup that cannot be written', status).isAtLeast(500)
  })
  const { backups } = await readBackups(operator)
  prove('what is kept of it', backups[0]).holds({ status: 'failed', sha256: null })
  prove('its reason is kept', backups[0]?.error_message ?? '').matches(/\w/)
  await proveConstraints({ system, sql, prove }, full)
})

/** Where the folder of the backups was, a file stands meanwhile. */
async function breakFolder(
  system: SystemHandle,
  backup: Backup,
  work: () => Promise<void>,
): Promise<void> {
  const folder = dirname(fileOf(system, backup))
  await rename(folder, `${folder}.kept`)
  await writeFile(folder, '')
  try {
    await work()
  } finally {
    await rm(folder)
    await rename(`${folder}.kept`, folder)
  }
}

const insert = 'insert into backups (kind, base_id, status, started_at) values'

async function proveConstraints(
  { system, sql, prove }: { system: SystemHandle; sql: Sql; prove: Prove },
  { id }: Backup,
): Promise<void> {
  const refused: readonly (readonly [string, string])[] = [
    ['23514', `${insert} ('full', '${id}', 'running', now())`],
    ['23514', `${insert} ('incremental', null, 'running', now())`],
    ['23514', `${insert} ('monthly', null, 'running', now())`],
    ['23514', `${insert} ('full', null, 'lost', now())`],
    ['23514', `${insert} ('full', null, 'completed', now())`],
    ['23505', `${insert} ('full', null, 'running', now()), ('full', null, 'running', now())`],
  ]
  const wrong: unknown[] = []
  for (const [expected, statement] of refused) {
    const found = await answerTo(sql, statement)
    if (found !== expected) wrong.push({ statement, expected, found })
  }
  const service = system.sqlAs('app')
  for (const statement of ['delete from backups', `update backups set kind = 'incremental'`]) {
    const found = await answerTo(service, statement)
    if (found !== '42501') wrong.push({ statement, expected: '42501', found })
  }
  prove('statements that are not refused as they have to be', wrong).isEmpty()
}

claim('JEEX-T-06', async ({ system, sql, prove }) => {
  const operator = await system.actor('operator')
  const user = await system.actor('curious')
  await user.get('/database/backup/status').expect(403)
  await user.post('/database/backup/create', {}).expect(403)
  const twice = await Promise.all([takeBackup(operator, 'full'), takeBackup(operator, 'full')])
  const answers = twice.map(({ status }) => status).toSorted((a, b) => a - b)
  const isOneRefused = answers[0] === 201 && (answers[1] === 409 || answers[1] === 201)
  prove('answers to two backups at once', answers).satisfies(
    '201 and 409, or 201 twice',
    () => isOneRefused,
  )
  const backup = twice.find(({ status }) => status === 201)?.body as Backup
  const { backups: shown } = (await dashboardOf(operator)).backup
  prove(
    'it on the dashboard, as soon as it is taken',
    shown.find(({ id }) => id === backup.id)?.status,
  ).equals('completed')
  const status = await readBackups(operator)
  prove(
    'the last backup',
    status.backups.find(({ id }) => id === backup.id),
  ).holds({
    status: 'completed',
    sha256: backup.sha256,
  })
  const isPlanned = async (): Promise<boolean> =>
    Date.parse((await readBackups(operator)).next_full_at ?? '') > Date.now()
  prove('the next full backup is planned', await eventually(isPlanned, 10_000)).isTrue()

  const trial = (await tryBackup(operator, backup.id).expect(200)).body
  const own = (await sumTables(sql)).map(({ table, rows }) => ({ table, rows }))
  const restored = trial.tables
    .filter(({ table }) => (backedUpTables as readonly string[]).includes(table))
    .map(({ table, rows_restored: rows }) => ({ table, rows }))
  prove('rows of each table in the trial', restored).equals(own)
  const left = await sql.rows(`select datname from pg_database where datname ~ '_restore_'
    and starts_with(datname, left(current_database(), 40))`)
  prove('databases that the trial left', left).isEmpty()
  const unknown = '01990000-0000-7000-8000-000000000000'
  await tryBackup(operator, unknown).expect(404)
  // More than are shown, and all of them newer.
  await sql.run(
    `insert into backups (kind, base_id, status, started_at, finished_at)
     select 'incremental', $1, 'removed', now(), now() from generate_series(1, 25)`,
    [backup.id],
  )
  const { last_full_at: lastFull } = await readBackups(operator)
  prove('the last full backup, 25 others later', lastFull).equals(status.last_full_at)
  await proveAlert({ system, operator, prove }, backup)
  await sql.run(`delete from backups where status = 'removed'`)
})

async function proveAlert(
  { system, operator, prove }: { system: SystemHandle; operator: Actor; prove: Prove },
  backup: Backup,
): Promise<void> {
  const fires = async (): Promise<boolean> => {
    const { body } = await operator
      .get<{ alerts: { firing: { name: string }[] } }>('/database/monitoring/dashboard')
      .expect(200)
    return body.alerts.firing.some(({ name }) => name === 'backup_broken')
  }
  const mend = await flipBit(30, 0)(fileOf(system, backup))
  const trial = (await tryBackup(operator, backup.id).expect(200)).body
  prove('a trial of it once it is damaged', trial).holds({ recovered: false })
  prove('an alert tells of the damage', await eventually(fires, 10_000)).isTrue()
  await mend()
  await tryBackup(operator, backup.id).expect(200)
  prove('it clears', await eventually(async () => !(await fires()), 10_000)).isTrue()
}

/** Single bits turned round in each file, with all of its header and its end among them. */
const flipsEach = 100
const headerBytes = 10
const trailerBytes = 8
const archive = { projects: 100, documentsEach: 40, executionsEach: 159 }

claim('JEEX-REL-002', { timeoutMs: 120_000 }, async ({ system, sql, random, prove }) => {
  const operator = await system.actor('operator')
  const archivist = await system.actor('archivist')
  const spare = (await takeBackup(operator, 'full').expect(201)).body
  const rows = await plantArchive(sql, String(archivist.facts['id']), archive)
  const full = (await takeBackup(operator, 'full').expect(201)).body
  await archivist.post('/projects', { name: 'Since the full backup' }).expect(201)
  const increment = (await takeBackup(operator, 'incremental').expect(201)).body

  const other = replacedBy(fileOf(system, spare))
  const damages: Attempt[] = []
  for (const backup of [full, increment]) {
    const flips = await flipsOf(fileOf(system, backup), random)
    damages.push(...flips.map((flip) => ({ backup, ...flip })))
    for (const [what, damage] of Object.entries({ ...wholeDamages, 'it is another': other })) {
      damages.push({ backup, what, damage })
    }
  }
  const missed: unknown[] = []
  for (const { backup, what, damage } of damages) {
    // Either the damaged backup is tried itself, or the one that adds to it.
    const tried = random.pick(backup === full ? [full, increment] : [increment])
    const mend = await damage(fileOf(system, backup))
    const { body } = await tryBackup(operator, tried.id).expect(200)
    const status = await statusOf(sql, backup)
    await mend()
    if (body.recovered || status !== 'corrupt') missed.push({ what, backup, body, status })
    // One is enough: what is taken for sound is restored, which takes long.
    if (missed.length > 0) break
  }
  prove('damages tried', damages.length).isAtLeast(2 * flipsEach)
  prove('damages that were not found out', missed).isEmpty()

  await proveNothingIsBuiltOnDamage({ system, operator, prove }, full, spare)
  const { body: trial } = await tryBackup(operator, increment.id).expect(200)
  prove('both files mended', trial).holds({ recovered: true, problem: null })
  prove(`time to back up ${rows} rows`, secondsOf(full)).isBelow(60, 's')
  prove('time to restore and compare them', trial.duration_ms / 1_000).isBelow(60, 's')
})

interface Attempt {
  readonly backup: Backup
  readonly what: string
  readonly damage: Damage
}

/** One bit of every byte of the header and the end, and of bytes drawn from all between. */
async function flipsOf(file: string, random: Random): Promise<Omit<Attempt, 'backup'>[]> {
  const { size } = await stat(file)
  const places = new Set(Array.from({ length: headerBytes }, (_none, at) => at))
  for (let at = size - trailerBytes; at < size; at += 1) places.add(at)
  while (places.size < Math.min(flipsEach, size)) places.add(random.integer(0, size - 1))
  return [...places].map((at) => {
    const bit = random.integer(0, 7)
    return { what: `bit ${bit} of byte ${at} of ${size}`, damage: flipBit(at, bit) }
  })
}

/** With its base damaged no incremental backup is taken as if nothing were. */
async function proveNothingIsBuiltOnDamage(
  { system, operator, prove }: { system: SystemHandle; operator: Actor; prove: Prove },
  full: Backup,
  spare: Backup,
): Promise<void> {
  const mend = await flipBit(20, 3)(fileOf(system, full))
  await tryBackup(operator, full.id).expect(200)
  const { body } = await takeBackup(operator, 'incremental').expect(201)
  prove('what the next incremental backup adds to', body.base_id).equals(spare.id)
  await mend()
}

function statusOf(sql: Sql, { id }: Backup): Promise<string> {
  return sql.value('select status from backups where id = $1', [id])
}

/** What the database answers to a statement, which is taken back. */
async function answerTo(sql: Sql, statement: string): Promise<string> {
  return sql.session(async (tx) => {
    await tx.run('begin')
    try {
      await tx.run(statement)
      return 'accepted'
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    } finally {
      await tx.run('rollback')
    }
  })
}

function secondsOf({ started_at, finished_at }: Backup): number {
  return (Date.parse(finished_at ?? '') - Date.parse(started_at)) / 1_000
}
