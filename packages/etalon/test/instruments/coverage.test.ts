import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCoverage } from '../../src/instruments/coverage/index.ts'
import { plainSession } from '../../src/instruments/plain-session.ts'

/** Greets in one of two ways, and holds types and comments, which are no statements. */
const greeting = `interface Guest {
  readonly name: string
}

// Who has no name is a stranger.
export function greet({ name }: Guest): string {
  if (name === '') {
    return 'Good day, stranger'
  }
  return \`Good day, \${name}\`
}
`
const unused = `export const never = (): number => {
  return 1
}
`
const main = `import { greet } from './greeting.ts'

console.log(greet({ name: process.argv[2] ?? '' }))
`

let directory = ''

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'coverage-'))
  const files = { 'main.ts': main, 'greeting.ts': greeting, 'unused.ts': unused }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

const told = (): string => join(directory, 'told')

function run(...names: readonly string[]): void {
  const env = { ...process.env, NODE_V8_COVERAGE: told() }
  execFileSync(process.execPath, [join(directory, 'main.ts'), ...names], { env })
}

function coverageOf(tellers: string | undefined = told()) {
  return createCoverage(plainSession(), {
    told: tellers,
    systemDirectory: directory,
    sourceOf: (file) => readFileSync(file, 'utf8'),
  })
}

test('statements that no process ran are named by their lines', async () => {
  run('Ada')
  const { files, processes } = await coverageOf().of('.')
  expect(processes).toBe(1)
  expect(files).toEqual([
    {
      file: 'greeting.ts',
      statements: { reached: 2, total: 3 },
      branches: { reached: 1, total: 2 },
      functions: { reached: 1, total: 1 },
      missedLines: [8],
    },
    {
      file: 'main.ts',
      statements: { reached: 1, total: 1 },
      branches: { reached: 1, total: 2 },
      functions: { reached: 0, total: 0 },
      missedLines: [],
    },
    {
      file: 'unused.ts',
      statements: { reached: 0, total: 2 },
      branches: { reached: 0, total: 0 },
      functions: { reached: 0, total: 1 },
      missedLines: [1, 2],
    },
  ])
})

test('what several processes ran counts together, and what is excepted does not', async () => {
  run('Ada')
  run()
  const code = await coverageOf().of('.', { except: ['unused.ts'] })
  expect(code).toMatchObject({ statements: 1, branches: 1, functions: 1, processes: 2 })
})

test('without processes that told anything there is no figure', async () => {
  await expect(coverageOf().of('.')).rejects.toThrow('expected processes that told what they ran')
  await expect(coverageOf('').of('.')).rejects.toThrow(RangeError)
  const unasked = createCoverage(plainSession(), {
    told: undefined,
    systemDirectory: directory,
    sourceOf: () => '',
  })
  await expect(unasked.of('.')).rejects.toThrow("the claim's option coverage: true")
})
