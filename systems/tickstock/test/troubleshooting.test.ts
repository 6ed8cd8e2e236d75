import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const home = new URL('..', import.meta.url).pathname
const page = readFileSync(new URL('../docs/troubleshooting.md', import.meta.url), 'utf8')
const words = [...page.matchAll(/npm run cli -- ([a-z -]*[a-z])/g)].map(
  ([, text]) => text as string,
)
const commands = [...new Set(words.map((text) => text.split(' --')[0] as string))]

test.each(commands)('the page names a command that there is: %s', (command) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['src/producer/cli.ts', ...command.split(' '), '--help'],
    { cwd: home, encoding: 'utf8' },
  )
  expect(status).toBe(0)
  expect(stdout).toContain(`Usage: tickstock ${command} `)
})

test('has a part for each kind of trouble that the report names', () => {
  const parts = [...page.matchAll(/^## (.+)$/gm)].map(([, part]) => part)
  expect(parts).toEqual(['Database', 'Redis', 'Load', 'Data that conflicts'])
})
