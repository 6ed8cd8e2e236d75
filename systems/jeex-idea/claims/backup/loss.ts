import { readFile, stat, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { claim, type CommandResult, type Prove, type SystemHandle } from 'etalon'
import { plainSession } from 'etalon/session'
import { createSql } from 'etalon/sql'
import { plantArchive } from '../archive.ts'
import { fileOf, sumTables, takeBackup, type Backup, type TableSum } from '../backup-door.ts'
import { flipBit, keeping, replacedBy, wholeDamages, type Damage } from '../damage.ts'
import { openProject } from '../project.ts'

const refusal = 'nothing was restored: '
/** More rows than are restored at once. */
const archive = { projects: 10, documentsEach: 30, executionsEach: 60 }

claim(
  'JEEX-REQ-007',
  {
    name: 'loss',
    title: 'With the database gone the files alone bring everything back, or nothing that is wrong',
    timeoutMs: 180_000,
  },
  async ({ system, sql, prove }) => {
    const lost = await system.another()
    const owner = await lost.actor('owner:loses')
    const operator = await lost.actor('operator')
    await plantArchive(lost.sql, String(owner.facts['id']), archive)
    const spare = (await takeBackup(operator, 'full').expect(201)).body
    const full = (await takeBackup(operator, 'full').expect(201)).body
    const { id } = await openProject(owner, { name: 'Since the full backup' })
    const first = (await takeBackup(operator, 'incremental').expect(201)).body
    await owner.put(`/projects/${id}`, { name: 'Twice' }, { headers: { 'if-match': '*' } })
    const last = (await takeBackup(operator, 'incremental').expect(201)).body
    prove('what the last one takes', [first.base_id, last.base_id]).equals([full.id, first.id])
    const sums = await sumTables(lost.sql)

    const file = fileOf(lost, last)
    await refusesRows(system, file, prove)
    const { database } = lost.services.postgres
    await lost.kill()
    await sql.run(`drop database "${database}" with (force)`)
    const ownerName = new URL(lost.services.postgres.url('owner')).username
    await sql.run(`create database "${database}" owner "${ownerName}"`)
    await refusesDamage(lost, { full, first, last, spare }, prove)

    const { code, stdout, stderr } = await restore(lost, file)
    prove('the restoration', code, { witness: stdout + stderr }).equals(0)
    const told = [...stdout.matchAll(/^(?:full|incremental) +(\S+)$/gm)].map(([, path]) => path)
    prove('files that it took', told).equals([last, first, full].map((each) => fileOf(lost, each)))
    prove('what came back', await tablesOf(lost)).equals(sums)
    await lost.startAgain()
    const { body } = await owner.get<{ name: string }>(`/projects/${id}`).expect(200)
    prove('the service over it', body.name).equals('Twice')
    const next = await takeBackup(operator, 'incremental')
    prove('an incremental backup on top of nothing', next.status).equals(409)
    await takeBackup(operator, 'full').expect(201)
  },
)

/** A database that has rows is left as it is. */
async function refusesRows(system: SystemHandle, file: string, prove: Prove): Promise<void> {
  const before = await sumTables(system.sql)
  const { code, stderr } = await restore(system, file)
  prove('over rows', [code, stderr.trim()]).satisfies(
    'refused with a word',
    () => code === 1 && stderr.startsWith(`${refusal}the database is not empty: `),
  )
  prove('rows afterwards', await sumTables(system.sql)).equals(before)
}

/** Whatever is wrong with the files, it is told, and no row is there afterwards. */
async function refusesDamage(
  system: SystemHandle,
  { full, first, last, spare }: Readonly<Record<'full' | 'first' | 'last' | 'spare', Backup>>,
  prove: Prove,
): Promise<void> {
  const [base, middle, top] = [full, first, last].map((each) => fileOf(system, each)) as [
    string,
    string,
    string,
  ]
  const half = Math.floor((await stat(base)).size / 2)
  const gone = wholeDamages['it is gone'] as Damage
  const cut = wholeDamages['half of it is missing'] as Damage
  const cases: readonly (readonly [what: string, file: string, damage: Damage, says: RegExp])[] = [
    ['its base is missing', middle, gone, /the file of backup \S+ is not in/],
    ['the first of all is missing', base, gone, /the file of backup \S+ is not in/],
    ['another stands in for its base', base, replacedBy(fileOf(system, spare)), /holds backup/],
    ['half of the base is missing', base, cut, /./],
    ['a byte of the base is another', base, flipBit(half, 3), /./],
    ['executions of the base are missing', base, without(3), /not what was backed up/],
    ['a change in itself is missing', top, without(1), /not what was backed up/],
  ]
  for (const [what, file, damage, says] of cases) {
    const mend = await damage(file)
    const { code, stderr } = await restore(system, top)
    await mend()
    const isRefused = code === 1 && stderr.startsWith(refusal) && says.test(stderr)
    prove(`${what}: refused`, isRefused, { witness: stderr }).isTrue()
    const rows = (await tablesOf(system)).reduce((sum, table) => sum + table.rows, 0)
    prove(`${what}: rows that came of it`, rows).equals(0)
  }
}

/** What only a comparison tells: a file that can be read, without the rows of one table. */
function without(table: number): Damage {
  return keeping(async (file) => {
    const lines = gunzipSync(await readFile(file))
      .toString()
      .split('\n')
    const left = lines.filter((line) => !line.startsWith(`${table}\t`))
    await writeFile(file, gzipSync(left.join('\n')))
  })
}

function restore(system: SystemHandle, file: string): Promise<CommandResult> {
  return system.run(['node', 'src/restore.ts', file], ({ postgres }) => ({
    ENVIRONMENT: 'development',
    MIGRATE_DATABASE_URL: postgres.url('owner'),
  }))
}

/** The tables of a database that was made anew, over a connection of its own; none before it has any. */
async function tablesOf(system: SystemHandle): Promise<TableSum[]> {
  const url = system.services.postgres.url('owner')
  const own = createSql({ url, session: plainSession() })
  try {
    const isThere = await own.value<boolean>(`select to_regclass('public.users') is not null`)
    return isThere ? await sumTables(own) : []
  } finally {
    await own.close()
  }
}
