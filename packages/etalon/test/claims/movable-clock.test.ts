import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const server = `import { createServer } from 'node:http'
createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({
    now: Date.now(),
    date: new Date().toISOString(),
    text: Date(),
    fixed: new Date(5).getTime(),
    isDate: new Date() instanceof Date,
  }))
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const claims = `import { claim } from 'etalon'
const year = 365 * 86_400_000

claim('A-1', { clock: 'movable' }, async ({ system, prove }) => {
  const ask = async () => (await system.anonymous.get('/').expect(200)).body
  await system.clock.moveTo(new Date('2031-01-31T12:00:00Z'))
  const moved = await ask()
  prove('its date', moved.date.slice(0, 16)).equals('2031-01-31T12:00')
  prove('its number', Math.abs(moved.now - Date.parse('2031-01-31T12:00:00Z')) < 60_000).isTrue()
  prove('its text', moved.text).matches(/2031/)
  prove('a date with arguments', moved.fixed).equals(5)
  prove('a date is a date', moved.isDate).isTrue()
  await system.clock.advance(year)
  prove('a year on', (await ask()).date.slice(0, 10)).equals('2032-01-31')
  await system.kill()
  await system.startAgain()
  prove('after a restart', (await ask()).date.slice(0, 10)).equals('2032-01-31')
})
claim('A-2', async ({ system, prove }) => {
  const { body } = await system.anonymous.get('/').expect(200)
  prove('other instances keep the real time', Math.abs(body.now - Date.now()) < 60_000).isTrue()
  let refusal = ''
  try { system.clock } catch (error) { refusal = error.message }
  prove('and cannot be moved', refusal).matches(/clock: 'movable'/)
})
`
let system: ScratchSystem
afterEach(() => system.remove())

test('a claim moves the clock of its instance, and of no other', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2'),
    'claims/time.claim.ts': claims,
    'server.js': server,
  })
  const { outcomes } = await system.verify()
  for (const { claim, verdict, reason } of outcomes)
    expect([claim, verdict, reason]).toEqual([claim, 'upheld', undefined])
  expect(outcomes).toHaveLength(2)
})
