import type { SystemHandle } from 'etalon'
import { operatorEmail } from './staff.ts'

/** The checklist of the report that this service replaces, item by item. */
export const reportedItems = [
  'All CRUD endpoints implemented and functional',
  'Proper error handling and status codes',
  'Input validation and sanitization',
  'OpenAPI documentation complete',
  'Async database sessions properly managed',
  'Connection pooling optimized',
  'Transaction management implemented',
  'Project isolation enforced',
  'Query performance tracking active',
  'Health monitoring endpoints functional',
  'Performance metrics collection',
  'Alerting system configured',
  'Project data isolation enforced',
  'Input validation implemented',
  'SQL injection prevention',
  'Authentication integration ready',
  'Automated backup system active',
  'Recovery procedures tested',
  'Data corruption detection',
  'System restoration validated',
  'Comprehensive error handling',
  'Graceful degradation',
  'Proper logging and monitoring',
  'Recovery mechanisms tested',
  'API documentation complete',
  'Deployment procedures documented',
  'Migration procedures documented',
  'Troubleshooting guides available',
]

/** A run of the checklist. */
export interface Checked {
  readonly code: number
  /** Whether each item that was checked is ok, and what was found of it. */
  readonly items: ReadonlyMap<string, { readonly ok: boolean; readonly found: string }>
  readonly text: string
}

/** Runs the checklist against an instance, in the environment of its service. */
export async function runChecklist(system: SystemHandle): Promise<Checked> {
  const { code, stdout, stderr } = await system.run(['node', 'src/checklist.ts'], (services) => ({
    SERVICE_URL: system.url,
    ENVIRONMENT: 'development',
    DATABASE_URL: services.postgres.url('app'),
    MIGRATE_DATABASE_URL: services.postgres.url('owner'),
    BACKUP_DIR: `${services.directory}/backups`,
    REDIS_URL: services.redis.url,
    JWT_SECRET: services.secret('jwt'),
    OPERATOR_EMAIL: operatorEmail,
    OPERATOR_PASSWORD: services.secret('operator-password'),
  }))
  const items = stdout.matchAll(/^ {2}(ok {4}|not ok) {2}([^:\n]+): (.*)$/gm)
  return {
    code,
    text: stdout + stderr,
    items: new Map(
      Array.from(items, ([, word, title = '', found = '']) => [
        title,
        { ok: word?.trim() === 'ok', found },
      ]),
    ),
  }
}

/** What was found of the items that are not ok, by their titles. */
export function notOk({ items }: Checked): Record<string, string> {
  const wrong = [...items].filter(([, { ok }]) => !ok)
  return Object.fromEntries(wrong.map(([title, { found }]) => [title, found]))
}
