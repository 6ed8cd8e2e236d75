import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const server = `import { createServer } from 'node:http'
import { greeting, farewell } from './words.js'
createServer((request, response) => {
  response.end(request.url === '/leave' ? farewell() : greeting())
}).listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit())
`
const words = `export function greeting() {
  return 'hello'
}
export function farewell() {
  return 'good-bye'
}
`
const config = `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  processes: {
    api: {
      command: ['node', 'src/server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }),
    },
  },
})
`
const claims = `import { claim } from 'etalon'
claim('SAY-01', async ({ system, prove }) => {
  const { status } = await system.anonymous.get('/')
  prove('status of a greeting', status).equals(200)
})
claim('SAY-02', async ({ system, prove }) => {
  const { status } = await system.anonymous.get('/leave')
  prove('status of a farewell', status).equals(200)
})
claim('SAY-03', { coverage: true }, async ({ coverage, prove }) => {
  const code = await coverage.of('src')
  prove('statements that were run', code.statements).isAbove(0.9, 'share')
})
`
const defect = `import { defect, source } from 'etalon'
const unasked = Array.from({ length: 9 }, (_, n) => 'function never' + n + '() { return 1 }\\n')
export default defect('much is there that nobody asks for', {
  refutes: ['SAY-03'],
  plant: source('src/words.js', {
    find: 'export function farewell() {',
    replace: unasked.join('') + 'export function farewell() {',
  }),
})
`

let system: ScratchSystem | undefined

afterEach(() => system?.remove())

function scratch(parts: Readonly<Record<string, string>> = {}): ScratchSystem {
  return scratchSystem({
    'etalon.config.ts': config,
    'src/server.js': server,
    'src/words.js': words,
    'requirements.md': requirementsOf('SAY-01', 'SAY-02', 'SAY-03'),
    'claims/greeting.claim.ts': claims,
    'defects/unasked.defect.ts': defect,
    ...parts,
  })
}

test('a claim about coverage brings those that reach the code, and convicts what none does', async () => {
  system = scratch()
  const { outcomes, planned, defects } = await system.verify({ only: ['SAY-03'], defects: true })
  expect(outcomes.map(({ claim, verdict }) => [claim, verdict])).toEqual([
    ['SAY-01', 'upheld'],
    ['SAY-02', 'upheld'],
    ['SAY-03', 'upheld'],
  ])
  expect(outcomes.at(-1)?.proofs).toMatchObject([{ figure: '100 %', target: '> 90 %' }])
  expect(planned.map(({ claim, companion }) => [claim, companion])).toEqual([
    ['SAY-03', undefined],
    ['SAY-01', true],
    ['SAY-02', true],
  ])
  expect(defects.map(({ convictions }) => convictions)).toEqual([
    [expect.objectContaining({ claim: 'SAY-03', verdict: 'refuted' })],
  ])
})

test('code that no claim reaches refutes it', async () => {
  const fewer = claims.replace("get('/leave')", "get('/')")
  system = scratch({ 'claims/greeting.claim.ts': fewer })
  const { outcomes } = await system.verify()
  const last = outcomes.find(({ claim }) => claim === 'SAY-03')
  expect(last).toMatchObject({ verdict: 'refuted', isolation: 'last' })
})
