import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stateDirectory } from '../../src/environment/directory.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const home = new URL('../../', import.meta.url).pathname
const bin = join(home, 'bin/etalon.js')

// What is compared is a figure that the server tells, so that no clock takes part.
const server = (durationMs: number): string => `import { createServer } from 'node:http'
createServer((_request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ durationMs: ${durationMs} }))
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const claims = `import { claim } from 'etalon'
import { meanOf } from 'etalon/statistics/mean'
claim('A-1', async ({ system, random, prove }) => {
  const { body } = await system.anonymous.get('/').expect(200)
  const samples = Array.from({ length: 40 }, () => body.durationMs * (1 + random.fraction() / 50))
  prove('mean', meanOf(samples, { unit: 'ms' })).isBelow(1_000, 'ms')
})
`
let system: ScratchSystem
beforeEach(() => {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1'),
    'claims/a.claim.ts': claims,
    'server.js': server(100),
    '.gitignore': 'node_modules\n.etalon\n',
  })
  mkdirSync(join(system.directory, 'node_modules'))
  symlinkSync(home, join(system.directory, 'node_modules/etalon'))
  git('init', '--quiet')
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'first')
})
afterEach(() => system.remove())

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: system.directory, encoding: 'utf8' })
}

function compare(...args: string[]): { status: number | null; text: string } {
  const all = [bin, 'compare', 'scratch', '--only', 'A-1', '--rounds', '5', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd: system.directory,
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

test('a slower working tree ends with 1, and nothing is left', { timeout: 180_000 }, () => {
  system.write('server.js', server(150))
  const before = readdirSync(stateDirectory())
  const { status, text } = compare('--base', 'HEAD')
  expect(text).toMatch(/1 of 1 figure worse than HEAD by more than 25 %/)
  expect(status).toBe(1)
  const left = readdirSync(stateDirectory()).filter((name) => !before.includes(name))
  expect(left.filter((name) => existsSync(join(stateDirectory(), name, 'base')))).toEqual([])
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)
  expect(git('status', '--porcelain')).toBe(' M server.js\n')

  const root = join(system.directory, '.etalon/comparisons')
  const record = JSON.parse(readFileSync(join(root, 'latest/compare.json'), 'utf8')) as unknown
  expect(record).toMatchObject({
    state: 'finished',
    roundsDone: 5,
    base: { given: 'HEAD', commit: git('rev-parse', 'HEAD').trim() },
    figures: [{ claim: 'A-1', title: 'mean', verdict: 'worse' }],
  })
  expect(readFileSync(join(root, 'latest/compare.md'), 'utf8')).toContain('❌ slower')
  expect(readdirSync(join(root, 'latest/claims/scratch'))).toHaveLength(10)
})

test('a folder is a base too; equal ones end with 0', { timeout: 180_000 }, () => {
  const copy = join(system.directory, '.etalon/copy')
  mkdirSync(copy, { recursive: true })
  for (const file of ['server.js', 'etalon.config.ts']) {
    cpSync(join(system.directory, file), join(copy, file))
  }
  const { status, text } = compare('--base', copy, '--format', 'markdown', '--tolerance', '10%')
  expect(text).toContain('✓ no difference shown beyond the tolerance')
  expect(status).toBe(0)
})

test.each([
  [['--base', 'nowhere'], 3, 'ETALON_REVISION_MISSING'],
  [['--base', '.etalon'], 3, 'ETALON_REVISION_WITHOUT_SYSTEM'],
  [['--base', 'HEAD', '--rounds', '0'], 3, '--rounds'],
  [['--base', 'HEAD', '--tolerance', 'some'], 3, '--tolerance'],
  [['--base', 'HEAD', '--format', 'pdf'], 3, '--format'],
  [[], 3, '--base'],
])('refuses %j', (args, status, problem) => {
  mkdirSync(join(system.directory, '.etalon'), { recursive: true })
  const refused = compare(...args)
  expect(refused.text).toContain(problem)
  expect(refused.status).toBe(status)
})
