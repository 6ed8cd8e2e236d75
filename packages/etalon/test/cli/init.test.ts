import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = new URL('../../../../', import.meta.url).pathname
const cli = join(root, 'packages/etalon/src/cli/main.ts')

let directory: string
beforeEach(() => {
  mkdirSync(join(root, '.etalon'), { recursive: true })
  directory = mkdtempSync(join(root, '.etalon', 'init-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

function etalon(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: directory,
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

test('what it writes is upheld as it is', { timeout: 60_000 }, () => {
  writeFileSync(
    join(directory, 'service.mjs'),
    `import { createServer } from 'node:http'
     createServer((request, response) => response.end('well')).listen(process.env.PORT, '127.0.0.1')`,
  )
  const written = etalon('init', 'corner-shop', '--start', 'node service.mjs', '--ready', "/it's")
  expect(written).toMatchObject({ status: 0 })
  expect(written.text).toContain('claims/answer.claim.ts')
  const verified = etalon('verify', '--only', 'CORNER-SHOP-01')
  expect(verified.text).toContain('1 upheld')
  expect(verified.status).toBe(0)
})

test.each([{ type: 'commonjs' }, {}])('it is read in a package that says %j', (manifest) => {
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest))
  expect(etalon('init', 'shop')).toMatchObject({ status: 0 })
  const { status, text } = etalon('list')
  expect(text).toContain('2 requirements, 2 claims')
  expect(text).not.toContain('Warning')
  expect(status).toBe(0)
})

test('nothing is overwritten, and nothing is written beside it', () => {
  writeFileSync(join(directory, 'requirements.md'), '# mine\n')
  const { status, text } = etalon('init', 'shop')
  expect(status).toBe(3)
  expect(text).toContain('ETALON_INIT_FILE_EXISTS')
  expect(readFileSync(join(directory, 'requirements.md'), 'utf8')).toBe('# mine\n')
  expect(execFileSync('ls', [directory], { encoding: 'utf8' })).toBe('requirements.md\n')
})

test.each([
  [['Shop'], 'small letters'],
  [['shop', '--ready', 'health'], 'begins with /'],
  [['shop', '--start', ' '], 'Expected a command'],
])('refuses %j', (args, problem) => {
  const { status, text } = etalon('init', ...args)
  expect(status).toBe(3)
  expect(text).toContain(problem)
  expect(existsSync(join(directory, 'requirements.md'))).toBe(false)
})
