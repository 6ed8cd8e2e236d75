import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const home = new URL('../../', import.meta.url).pathname
const server = (word: string): string => `import { createServer } from 'node:http'
createServer((_request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ word: '${word}' }))
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const claims = `import { claim } from 'etalon'
const word = async (system) => (await system.anonymous.get('/').expect(200)).body.word
claim('A-1', async ({ system, prove }) => {
  prove('now', await word(system)).equals('now')
  prove('before', await word(await system.earlier())).equals('before')
})
claim('A-2', async ({ system, prove }) => {
  prove('the first', await word(await system.earlier('HEAD~1'))).equals('first')
})
claim('A-3', async ({ system, prove }) => {
  await system.earlier('HEAD~7')
})
`
const defect = `import { defect, source } from 'etalon'
export default defect('another word', {
  refutes: ['A-1'],
  plant: source('server.js', { find: "'now'", replace: "'planted'" }),
})
`
let system: ScratchSystem
afterEach(() => system.remove())

function commit(): void {
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: system.directory })
  }
  git('init', '--quiet')
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'one')
}

test('an earlier revision runs beside the system, without what is planted', async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1', 'A-2', 'A-3'),
    'claims/a.claim.ts': claims,
    'defects/word.defect.ts': defect,
    'server.js': server('first'),
    '.gitignore': 'node_modules\n.etalon\n',
  })
  mkdirSync(join(system.directory, 'node_modules'))
  symlinkSync(home, join(system.directory, 'node_modules/etalon'))
  commit()
  system.write('server.js', server('before'))
  commit()
  system.write('server.js', server('now'))
  const changed = await system.verify({ defects: true })
  expect(changed.outcomes).toMatchObject([
    { claim: 'A-1', verdict: 'upheld' },
    { claim: 'A-2', verdict: 'upheld' },
    { claim: 'A-3', verdict: 'inconclusive', reason: expect.stringContaining('HEAD~7') },
  ])
  expect(changed.defects).toMatchObject([
    { convictions: [{ claim: 'A-1', reason: 'now: expected now, found planted' }] },
  ])
  commit()
  system.write('README.md', 'A commit that leaves the system as it is.')
  commit()
  const committed = await system.verify({ only: ['A-1'] })
  expect(committed.outcomes).toMatchObject([{ claim: 'A-1', verdict: 'upheld' }])
})
