import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = new URL('../../../', import.meta.url).pathname
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

interface Step {
  readonly name?: string
  readonly run?: string
  readonly uses?: string
}
interface Job {
  readonly services: Readonly<Record<string, { readonly options: string }>>
  readonly steps: readonly Step[]
}

const { jobs } = parse(read('docs/examples/ci/verify.yml')) as {
  readonly jobs: Readonly<Record<string, Job>>
}
const { steps, services } = jobs['verify'] as Job
const commands = steps.flatMap(({ run = '' }) => run.trim().split('\n').filter(Boolean))

interface Package {
  readonly scripts: Readonly<Record<string, string>>
}
const scriptsOf = (folder: string): Package['scripts'] =>
  (JSON.parse(read(join(folder, 'package.json'))) as Package).scripts

/** What a command of the job comes down to: a program of ours with its arguments. */
function programOf(command: string): readonly string[] {
  const words = command.split(/\s+/)
  if (words[0] === 'npx') return words.slice(1)
  const [, , script = ''] = words
  const workspace = words.includes('--workspace') ? words[words.indexOf('--workspace') + 1] : ''
  const found = scriptsOf(workspace ? join('systems', workspace) : '.')[script]
  expect(found, `${command}: the script ${script}`).toBeTypeOf('string')
  const passed = words.includes('--') ? words.slice(words.indexOf('--') + 1) : []
  return [...(found as string).split(' '), ...passed].map((word) =>
    word.endsWith('.ts') && workspace ? join('systems', workspace, word) : word,
  )
}

describe('the example of a CI job', () => {
  test('validates the environment before it verifies, and keeps what was found', () => {
    const names = steps.map(({ name, uses }) => name ?? uses?.split('@')[0])
    expect(names).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'Install',
      'Validate the environment',
      'Verify',
      'Compare with main',
      'Keep the report and its evidence',
    ])
  })

  test('waits for its services by their health', () => {
    expect(Object.keys(services)).toEqual(['postgres', 'redis'])
    for (const { options } of Object.values(services)) expect(options).toContain('--health-cmd')
    expect(commands.join('\n')).not.toContain('sleep')
  })

  test.each(commands.filter((command) => command !== 'npm ci'))('%s exists', (command) => {
    const [program, ...args] = programOf(command)
    if (program === 'etalon') {
      const help = ['packages/etalon/bin/etalon.js', args[0] as string, '--help']
      const { status, stdout } = spawnSync(process.execPath, help, { cwd: root, encoding: 'utf8' })
      expect(status).toBe(0)
      for (const option of args.filter((arg) => arg.startsWith('--'))) {
        expect(stdout).toContain(option)
      }
      return
    }
    expect(program).toBe('node')
    const [file = '', ...rest] = args
    expect(existsSync(join(root, file)), file).toBe(true)
    const env = { ...process.env, MIGRATE_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }
    const { stdout, stderr } = spawnSync(process.execPath, [file, 'help'], {
      cwd: root,
      env,
      encoding: 'utf8',
    })
    for (const word of rest) expect(`${stdout}${stderr}`).toContain(word)
  })
})
