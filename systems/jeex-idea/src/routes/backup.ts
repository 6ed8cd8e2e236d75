import type { App } from 'service-kit'
import { z } from 'zod'
import { access } from '../actor.ts'
import type { Monitor } from '../monitor/monitor.ts'
import { takeBackup } from '../operation/backup.ts'
import { readBackupStatus } from '../operation/backup-status.ts'
import { testRecovery } from '../operation/recovery.ts'
import {
  backupKinds,
  backupParams,
  backupRow,
  backupStatus,
  recoveryReport,
} from '../schema/backup.ts'
import { nothing } from '../schema/request.ts'
import type { Service } from '../service.ts'

const tags = ['Backups']

/**
 * Backups and their trials, for operators. Who has done one sees it on the dashboard when he looks
 * next, and not when the monitor does.
 */
export function backupRoutes(app: App, service: Service, monitor: Monitor): void {
  app.get(
    '/database/backup/status',
    {
      config: access.operator,
      schema: { tags, summary: 'The last backups, and the next', response: { 200: backupStatus } },
    },
    () => readBackupStatus(service),
  )

  app.post(
    '/database/backup/create',
    {
      config: access.operator,
      schema: {
        tags,
        summary: 'Take a backup and wait for it',
        body: z.strictObject({ kind: z.enum(backupKinds).default('full') }).optional(),
        response: { 201: backupRow },
      },
    },
    async (request, reply) => {
      const row = await takeBackup(service, request.body?.kind ?? 'full')
      await monitor.lookAtBackups()
      reply.code(201)
      return row
    },
  )

  app.post(
    '/database/backup/:backup_id/test-recovery',
    {
      config: access.operator,
      schema: {
        tags,
        summary: 'Restore a backup into a new database, compare, and drop it again',
        params: backupParams,
        body: nothing,
        response: { 200: recoveryReport },
      },
    },
    async (request) => {
      const report = await testRecovery(service, request.params.backup_id)
      await monitor.lookAtBackups()
      return report
    },
  )
}
