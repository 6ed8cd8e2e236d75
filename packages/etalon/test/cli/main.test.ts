import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const bin = new URL('../../bin/etalon.js', import.meta.url).pathname
const files = {
  'requirements.md': requirementsOf('A-1'),
  'claims/good.claim.ts': `import { claim } from 'etalon'
claim('A-1', ({ prove }) => prove('one', 1).equals(1))
`,
}
const config = `import { defineSystem } from 'etalon'
process.nextTick(() => FAILS)
export default defineSystem({ name: 'scratch', title: 'Scratch', processes: {
  api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
} })
`
let system: ScratchSystem
afterEach(() => system.remove())

test.each(["{ throw new Error('a stray one') }", "Promise.reject(new Error('a stray one'))"])(
  'what nobody caught is a defect of Etalon and no verdict: %s',
  async (fails) => {
    system = scratchSystem({ ...files, 'etalon.config.ts': config.replace('FAILS', fails) })
    // CI gets colours, as a terminal does.
    const env = { ...process.env, NO_COLOR: '1' }
    const child = spawn(process.execPath, [bin, 'list'], { cwd: system.directory, env })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    expect((await once(child, 'close'))[0]).toBe(70)
    expect(output).toContain('ETALON_INTERNAL  Etalon itself failed: a stray one')
  },
)

test('a run goes on to its verdict when nobody reads what it tells', async () => {
  system = scratchSystem(files)
  const child = spawn(process.execPath, [bin, 'verify'], { cwd: system.directory })
  child.stdout.destroy()
  child.stderr.destroy()
  expect((await once(child, 'exit'))[0]).toBe(0)
})
