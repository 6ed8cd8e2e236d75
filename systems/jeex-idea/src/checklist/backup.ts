import { copyFile, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashOfFile } from '../backup/read-file.ts'
import type { RecoveryReport } from '../schema/backup.ts'
import { newestFile } from '../store/checklist.ts'
import { readBackups } from './figure.ts'
import { area } from './item.ts'
import { must, walk } from './step.ts'
import type { Scene } from './scene.ts'

export const backupItems = area('Backup and recovery', {
  'Automated backup system active': async ({ operator }) => {
    const {
      configured,
      next_full_at: full,
      next_incremental_at: part,
    } = await readBackups(operator)
    must(configured, 'the service was not told how to take backups')
    must(full !== null && part !== null, 'no backup is due')
    return `the next full one is due at ${full}, the next incremental one at ${part}`
  },
  'Recovery procedures tested': async ({ operator }) => {
    const [made] = await walk(operator, [[201, 'POST', '/database/backup/create']])
    const report = await tryRecovery(operator, (made.body as { id: string }).id)
    return `a backup of now was restored in ${report.duration_ms} ms`
  },
  'Data corruption detection': async ({ operator, database, env }) => {
    const { backups } = await readBackups(operator)
    const corrupt = backups.filter(({ status }) => status === 'corrupt')
    must(corrupt.length === 0, `${corrupt.length} backups are corrupt`)
    const [newest] = await newestFile(database)
    must(newest !== undefined, 'there is no backup')
    const file = join(env.BACKUP_DIR, newest.file_path)
    must((await hashOfFile(file)) === newest.sha256, `${file} is not what was written`)
    must((await hashOfDamagedCopy(file)) !== newest.sha256, 'a damaged copy passes as whole')
    return 'the newest file is what was written; a copy with one byte changed is told apart'
  },
  'System restoration validated': async ({ operator }) => {
    const { backups } = await readBackups(operator)
    const tested = backups.find(({ restore_tested_at: at }) => at !== null)
    must(tested !== undefined, 'no backup of the last ones was ever restored')
    const { recovered, problem, tables } = tested.restore_report as RecoveryReport
    must(recovered, `the last trial failed: ${problem}`)
    const unequal = tables.filter(({ equal }) => !equal).map(({ table }) => table)
    must(tables.length > 0 && unequal.length === 0, `restored otherwise: ${unequal.join(', ')}`)
    const rows = tables.reduce((sum, table) => sum + table.rows_restored, 0)
    return `${rows} rows of ${tables.length} tables came back as they were`
  },
})

async function tryRecovery(operator: Scene['operator'], id: string): Promise<RecoveryReport> {
  const path = `/database/backup/${id}/test-recovery`
  const [answer] = await walk(operator, [[200, 'POST', path]])
  const report = answer.body as RecoveryReport
  must(report.recovered, `the trial of a backup failed: ${report.problem}`)
  return report
}

/** The checksum of a copy of which the byte in the middle is another. */
async function hashOfDamagedCopy(file: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'jeex-checklist-'))
  try {
    const copy = join(folder, 'copy')
    await copyFile(file, copy)
    const handle = await open(copy, 'r+')
    try {
      const at = Math.floor((await handle.stat()).size / 2)
      const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at)
      await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 0xff]), 0, 1, at)
    } finally {
      await handle.close()
    }
    return await hashOfFile(copy)
  } finally {
    await rm(folder, { recursive: true })
  }
}
