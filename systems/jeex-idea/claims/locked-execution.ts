import type { Sql } from 'etalon'

/** Lets nobody read executions until `unlock` is called, or `work` ends. */
export function withLockedExecutions(
  sql: Sql,
  work: (unlock: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  return sql.session(async (one) => {
    await one.run('begin')
    try {
      await one.run('lock table agent_executions in access exclusive mode')
      await work(() => one.run('commit'))
    } finally {
      await one.run('rollback')
    }
  })
}

/** Connections of the service, as the server sees them, and how many of them wait for a lock. */
export function connectionsOf(sql: Sql): Promise<{ open: number; blocked: number }> {
  return sql.one(
    `select count(*) as open, count(*) filter (where wait_event_type = 'Lock') as blocked
     from pg_stat_activity
     where datname = current_database() and application_name <> 'etalon'
       and backend_type = 'client backend'`,
  )
}
