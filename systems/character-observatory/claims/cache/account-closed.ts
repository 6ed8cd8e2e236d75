import { claim, eventually } from 'etalon'

/** Much less than the 30 minutes that a role is kept. */
const withinMs = 10_000

claim('CHAR-CACHE-03', { name: 'account' }, async ({ system, sql, prove }) => {
  const member = await system.actor('leaves')
  await member.get('/api/v1/ecosystems').expect(200)
  await sql.run('update users set is_active = false where id = $1', [member.facts['id']])
  const isRefused = await eventually(
    async () => (await member.get('/api/v1/ecosystems')).status === 401,
    withinMs,
  )
  prove('who was closed out is refused', isRefused).isTrue()
})

const lease = `hashtextextended('observatory-relay', 0)`

claim('CHAR-CACHE-03', { name: 'unheard' }, async ({ system, sql, prove }) => {
  const member = await system.actor('leaves-unheard')
  await member.get('/api/v1/ecosystems').expect(200)
  await sql.session(async (one) => {
    const taking = one.run(`select pg_advisory_lock(${lease})`)
    const isNext = await eventually(() => sql.value<boolean>(somebodyWaits), withinMs)
    prove('the lease of the relay is asked for', isNext).isTrue()
    await sql.run(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'observatory-relay'`,
    )
    await taking
    // No server hears this.
    await one.run('update users set is_active = false where id = $1', [member.facts['id']])
    await one.run(`select pg_advisory_unlock(${lease})`)
  })
  const isRefused = await eventually(
    async () => (await member.get('/api/v1/ecosystems')).status === 401,
    withinMs,
  )
  prove('who was closed out while no relay listened is refused', isRefused).isTrue()
})

const somebodyWaits = `select exists (
  select from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())
)`
