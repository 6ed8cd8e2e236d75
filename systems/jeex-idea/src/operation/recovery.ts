import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { chainOf } from '../backup/chain.ts'
import { tryRestore } from '../backup/restore.ts'
import { fail } from '../error.ts'
import type { RecoveryReport } from '../schema/backup.ts'
import type { Service } from '../service.ts'
import { keepRestoreReport, usableBackups, type StoredBackup } from '../store/backup.ts'
import { verifyBackup } from './backup.ts'

/** Longest name of a database, less what is added to it. */
const nameMax = 63 - '_restore_00000000'.length

/**
 * Proves a backup: restores it, with those it adds to, into a new database of the recovery server
 * and compares what is there with what the backup saw. A damaged file is told, not restored.
 */
export async function testRecovery(service: Service, id: string): Promise<RecoveryReport> {
  const { database, clock, env } = service
  if (env.BACKUP_RECOVERY_URL === undefined) throw fail('JEEX_BACKUP_UNCONFIGURED')
  const startedMs = performance.now()
  const usable = await database.asService((sql) => usableBackups(sql))
  const backup = usable.find((row) => row.id === id)
  if (backup === undefined) throw fail('JEEX_BACKUP_UNKNOWN')
  const outcome = await recover(service, usable, backup, env.BACKUP_RECOVERY_URL)
  const report: RecoveryReport = {
    backup_id: id,
    recovered: outcome.problem === null,
    ...outcome,
    duration_ms: Math.round(performance.now() - startedMs),
  }
  await database.asService((tx) => keepRestoreReport(tx, id, clock.now(), JSON.stringify(report)))
  return report
}

type Outcome = Pick<RecoveryReport, 'problem' | 'tables'>

async function recover(
  service: Service,
  usable: readonly StoredBackup[],
  backup: StoredBackup,
  url: string,
): Promise<Outcome> {
  const chain = chainOf(usable, backup.id)
  if (chain === undefined) return { problem: 'A backup that this one adds to is gone', tables: [] }
  for (const row of chain) {
    if (!(await verifyBackup(service, row))) {
      return { problem: `The file of backup ${row.id} is damaged or gone`, tables: [] }
    }
  }
  try {
    const file = join(service.env.BACKUP_DIR, backup.file_path ?? '')
    const { tables, isEqual } = await tryRestore(url, nameFor(url), file)
    return {
      problem: isEqual ? null : 'What was restored is not what was backed up',
      tables: [...tables],
    }
  } catch (error) {
    service.log.error({ err: error, backup: backup.id }, 'recovery failed')
    return { problem: error instanceof Error ? error.message : 'unknown', tables: [] }
  }
}

/** A name that no other recovery has, beginning with that of the recovery role's database. */
function nameFor(url: string): string {
  const database = decodeURIComponent(new URL(url).pathname.slice(1))
  return `${database.slice(0, nameMax)}_restore_${randomBytes(4).toString('hex')}`
}
