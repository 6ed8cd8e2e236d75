import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const config = `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  postgres: { roles: {}, template: [] },
  redis: true,
  processes: {
    api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
  },
})
`
const claims = `import { claim, kill, pause } from 'etalon'

claim('A-1', { durability: 'honest' }, async ({ system, sql, faults, prove, note }) => {
  prove('fsync', await sql.value('show fsync')).equals('on')
  await sql.run('create table entry (id int)')
  await sql.run('insert into entry values (1)')
  const touch = await faults.during('postgres', kill(), async (fault) => {
    let problem = ''
    try { await sql.run('insert into entry values (2)') } catch (error) { problem = String(error) }
    prove('an insert without a server', problem).matches(/ECONNREFUSED|terminat/)
    return fault.heal()
  })
  note('recovery', touch)
  prove('what was committed', await sql.rows('select id from entry')).equals([{ id: 1 }])
  for (const target of ['postgres', 'redis', 'api']) await faults.during(target, pause(), async () => {})
  prove('it still answers', (await system.anonymous.get('/')).status).equals(200)
})
claim('A-2', { isolation: 'exclusive' }, async ({ system, faults, prove }) => {
  await system.kill()
  await faults.during('api', kill(), async () => {})
  prove('it answers', (await system.anonymous.get('/')).status).equals(200)
})
claim('A-3', async ({ sql, faults, prove }) => {
  prove('fsync of the common server', await sql.value('show fsync')).equals('off')
  let refusal = ''
  try { await faults.inject('postgres', kill()) } catch (error) { refusal = error.message }
  prove('the refusal', refusal).matches(/redis.*durability: 'honest'/)
})
`
let system: ScratchSystem
afterEach(() => system.remove())

test('claims kill and stop what their instance runs on, and find it healed', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2', 'A-3'),
    'etalon.config.ts': config,
    'claims/process.claim.ts': claims,
  })
  const { outcomes } = await system.verify()
  const byClaim = new Map(outcomes.map((outcome) => [outcome.claim, outcome]))
  for (const id of ['A-1', 'A-3']) {
    const { verdict, reason } = byClaim.get(id) ?? {}
    expect([id, verdict, reason]).toEqual([id, 'upheld', undefined])
  }
  expect(byClaim.get('A-2')).toMatchObject({ verdict: 'inconclusive' })
  expect(JSON.stringify(byClaim.get('A-2'))).toMatch(/touched nothing/)
})
