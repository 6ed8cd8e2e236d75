import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const server = `import { createServer } from 'node:http'
createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ greeting: 'hello', mood: 'good', extra: process.env.EXTRA ?? null }))
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const claims = `import { claim, environment, source } from 'etalon'
const ask = async (system) => (await system.anonymous.get('/').expect(200)).body

claim('A-1', async ({ system, prove }) => {
  const changed = source('server.js', { find: "'hello'", replace: "'bye'" })
  const revision = await system.revision(changed)
  prove('the revision differs', (await ask(revision)).greeting).equals('bye')
  prove('the system does not', (await ask(system)).greeting).equals('hello')
  prove('what a defect changes, it changes in both', (await ask(revision)).mood).equals('good')
  const other = await system.revision(environment({ EXTRA: 'more' }))
  prove('another environment', (await ask(other)).extra).equals('more')
  prove('nothing different', (await ask(await system.revision())).greeting).equals('hello')
})
claim('A-2', async ({ system, canary, prove }) => {
  const revision = await system.revision()
  const options = { stable: system.url, candidate: revision.url, samplesMin: 20 }
  const result = await canary.rollOut(options, async ({ url }) => { await fetch(url) })
  prove('too little to promote', result.decision).equals('inconclusive')
})
claim('A-3', async ({ system, prove }) => {
  await system.revision(source('server.js', { find: 'nowhere', replace: '' }))
})
`
const defect = `import { defect, source } from 'etalon'
export default defect('a bad mood', {
  refutes: ['A-1'],
  plant: source('server.js', { find: "'good'", replace: "'bad'" }),
})
`
let system: ScratchSystem
afterEach(() => system.remove())

test('a revision runs beside the system, different in what is planted in it', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2', 'A-3'),
    'claims/revision.claim.ts': claims,
    'defects/mood.defect.ts': defect,
    'server.js': server,
  })
  const { outcomes, defects } = await system.verify({ defects: true })
  const found = (id: string): unknown => {
    const outcome = outcomes.find(({ claim }) => claim === id)
    return [outcome?.verdict, outcome?.reason]
  }
  expect(found('A-1')).toEqual(['upheld', undefined])
  expect(found('A-2')).toEqual(['upheld', undefined])
  expect(found('A-3')).toEqual([
    'inconclusive',
    expect.stringContaining('looks for a text in server.js that stands there 0 times'),
  ])
  // In the planted run the proof of the mood is the one that fails: the revision had both changes.
  const reason = 'what a defect changes, it changes in both: expected good, found bad'
  expect(defects[0]?.convictions).toEqual([{ claim: 'A-1', verdict: 'refuted', reason }])
})
