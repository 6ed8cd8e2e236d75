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
