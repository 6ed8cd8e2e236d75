import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
let project: string
let installed: string

// Within the clone, so that what the package needs is found in what the clone has installed.
beforeAll(() => {
  mkdirSync(join(root, '.etalon'), { recursive: true })
  project = mkdtempSync(join(root, '.etalon', 'package-'))
  installed = join(project, 'node_modules/etalon')
  mkdirSync(installed, { recursive: true })
  const packed = run('node', join(root, 'tools/package.ts'), project).trim()
  run('tar', '-xzf', packed, '-C', installed, '--strip-components=1')
  writeFileSync(join(project, 'package.json'), '{}')
  writeFileSync(
    join(project, 'service.mjs'),
    `import { createServer } from 'node:http'
     createServer((request, response) => response.end('well')).listen(process.env.PORT, '127.0.0.1')`,
  )
})
afterAll(() => rmSync(project, { recursive: true }))

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function etalon(...args: string[]): string {
  const program = [join(installed, 'bin/etalon.js'), ...args]
  return spawnSync('node', program, { cwd: project, encoding: 'utf8' }).stdout
}

test('every entry can be imported', () => {
  const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    exports: Record<string, string>
  }
  const entries = Object.keys(exports).map((entry) => join('etalon', entry.replace('*', 'rate')))
  expect(entries).toContain('etalon/load')
  const text = `for (const entry of ${JSON.stringify(entries)}) await import(entry)`
  run('node', '--input-type=module', '--eval', text)
})

test('a system is begun and verified', () => {
  etalon('init', 'shop', '--start', 'node service.mjs', '--ready', '/')
  expect(etalon('verify', '--only', 'SHOP-01')).toContain('1 upheld')
})

// A busy machine may leave the claim open, so that what it counted is looked at.
test('its load comes from processes and threads of the package', () => {
  writeFileSync(
    join(project, 'claims/answer.claim.ts'),
    `import { claim, users } from 'etalon'
     claim('SHOP-01', async ({ load, prove }) => {
       const run = await load(users(2), { durationMs: 500, requests: [{ path: '/' }] })
       prove('requests answered', run.counts.ok).isAtLeast(1)
     })
     claim('SHOP-02', async ({ prove }) => prove('one', 1).equals(1))`,
  )
  etalon('verify', '--only', 'SHOP-01')
  const record = readFileSync(join(project, '.etalon/runs/latest/run.json'), 'utf8')
  const { outcomes } = JSON.parse(record) as {
    outcomes: [{ proofs: [{ title: string; figure: string }] }]
  }
  expect(outcomes[0].proofs).toMatchObject([{ title: 'requests answered' }])
  expect(outcomes[0].proofs[0].figure).not.toBe('0')
})

test('what authors write is checked against its types', () => {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: 'nodenext',
    types: ['node'],
  }
  const include = ['etalon.config.ts', 'claims']
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }))
  const check = (): string => run(join(root, 'node_modules/.bin/tsc'))
  check()
  writeFileSync(join(project, 'claims/wrong.claim.ts'), `import { nothing } from 'etalon'\n`)
  expect(check).toThrow('Command failed')
})
