import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

let system: ScratchSystem
afterEach(() => system.remove())

function systemThatBuilds(script: string): ScratchSystem {
  return scratchSystem({
    'build.js': script,
    'requirements.md': requirementsOf('A-1'),
    'claims/built.claim.ts': `import { existsSync } from 'node:fs'
import { claim } from 'etalon'
claim('A-1', ({ prove }) =>
  prove('the build is there', existsSync(new URL('../built.txt', import.meta.url))).equals(true))
`,
    'etalon.config.ts': `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  build: { command: ['node', 'build.js'] },
  processes: {
    api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
  },
})
`,
  })
}

test('a system is built before its claims run, and the run says so', async () => {
  system = systemThatBuilds(
    "import { writeFileSync } from 'node:fs'; writeFileSync('built.txt', '')",
  )
  const steps: string[] = []
  const record = await system.verify({}, { step: (text) => steps.push(text) })
  expect(record.outcomes.map(({ verdict }) => verdict)).toEqual(['upheld'])
  expect(steps[0]).toBe('building scratch')
})

test('a build that fails ends the run with what the command said', async () => {
  system = systemThatBuilds("console.log('main.tsx: no such export'); process.exit(2)")
  const failed = system.verify()
  await expect(failed).rejects.toMatchObject({ code: 'ETALON_BUILD_FAILED' })
  await expect(failed).rejects.toThrow(/node build.js: main.tsx: no such export/)
  expect(existsSync(join(system.directory, 'built.txt'))).toBe(false)
})
