import { AppError } from 'service-kit'
import { fail } from '../error.ts'
import type { Service } from '../service.ts'
import { timeOutExecutions } from '../store/execution.ts'
import { forgetIdempotencyKeys } from '../store/idempotency.ts'
import { takeBackup, tidyBackups } from './backup.ts'
import { removeExpiredExports } from './export.ts'

/** What has to be done now and then: ends what is over and forgets what is old. */
export async function keepHouse(service: Service): Promise<void> {
  const { database, clock, env, log } = service
  const now = clock.now()
  const startedBefore = new Date(now.getTime() - env.EXECUTION_TIMEOUT_MS)
  const expired = await removeExpiredExports(service)
  const timedOut = await database.asService((tx) => timeOutExecutions(tx, startedBefore, now))
  await database.asService((tx) => forgetIdempotencyKeys(tx, now))
  if (expired + timedOut.length > 0) {
    log.info({ exports_expired: expired, executions_timed_out: timedOut.length }, 'house kept')
  }
}

/**
 * The scheduled full backup, after which old ones are verified and removed. An incremental one that
 * is due at the same moment and comes first must not take its turn.
 */
export async function backUpFully(service: Service): Promise<void> {
  await takeBackup(service, 'full', { waits: true })
  await tidyBackups(service)
}

/** The scheduled incremental backup; a full one where there is none to add to. */
export async function backUpChanges(service: Service): Promise<void> {
  await unlessRunning(async () => {
    try {
      await takeBackup(service, 'incremental')
    } catch (error) {
      if (!isCode(error, fail('JEEX_BACKUP_UNBASED').code)) throw error
      await takeBackup(service, 'full')
    }
  })
}

/** What somebody else is doing at this moment need not be done again. */
async function unlessRunning(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isCode(error, fail('JEEX_BACKUP_RUNNING').code)) throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof AppError && error.code === code
}
