import { createService, type Wire } from 'page-kit'
import type { Dashboard } from '../src/schema/monitor.ts'
import type { UserRow } from '../src/schema/user.ts'

export type User = Wire<UserRow>
export type DashboardView = Wire<Dashboard>
export type BackupView = DashboardView['backup']['backups'][number]

/** The service that served this page. */
export const service = createService<User>('')

export const dashboard = service.at<DashboardView>('/database/monitoring/dashboard')
