import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const server = `import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(readFileSync('built.json'))
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const config = `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  build: { command: ['cp', 'source.json', 'built.json'] },
  processes: {
    api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
  },
})
`
const claims = `import { claim } from 'etalon'
claim('A-1', async ({ system, prove }) => {
  const { body } = await system.anonymous.get('/').expect(200)
  prove('the greeting', body.greeting).equals('hello')
})
`
const defects = `import { defect, rebuilt } from 'etalon'
export default defect('it greets wrongly', {
  refutes: ['A-1'],
  plant: rebuilt('source.json', { find: 'hello', replace: 'go away' }),
})
`

let system: ScratchSystem
afterEach(() => system.remove())

test('a change of what is built is planted in a copy, and convicted', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1'),
    'etalon.config.ts': config,
    'server.js': server,
    'source.json': '{ "greeting": "hello" }',
    'claims/greeting.claim.ts': claims,
    'defects/wrong.defect.ts': defects,
  })
  const { outcomes, defects: planted } = await system.verify({ defects: true })
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(['upheld'])
  expect(planted.map(({ convictions }) => convictions)).toMatchObject([
    [{ claim: 'A-1', verdict: 'refuted' }],
  ])
  expect(readFileSync(join(system.directory, 'source.json'), 'utf8')).toContain('hello')
  expect(readFileSync(join(system.directory, 'built.json'), 'utf8')).toContain('hello')
  expect(readdirSync(system.directory).filter((name) => name.startsWith('rebuilt-'))).toEqual([])
})
