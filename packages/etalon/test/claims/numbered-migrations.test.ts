import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { numberedMigrations } from '../../src/claims/numbered-migrations.ts'
import type { SystemHandle } from '../../src/claims/system-handle.ts'

test('each file is a version from 1, and before the first there is 0', async () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'etalon-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['0001-a.sql', '0002-b.sql']) writeFileSync(join(folder, name), '')
  const commands: (readonly string[])[] = []
  const run: SystemHandle['run'] = (command) => {
    commands.push(command)
    return Promise.resolve({ code: 0, stdout: '', stderr: '' })
  }
  const steps = numberedMigrations(
    { run },
    {
      directory: pathToFileURL(folder),
      command: (direction, to) => ['migrate', direction, to],
      env: () => ({}),
    },
  )
  expect(steps.versions).toEqual(['1', '2'])
  await steps.up('2')
  await steps.down('1')
  await steps.down(undefined)
  expect(commands).toEqual([
    ['migrate', 'up', '2'],
    ['migrate', 'down', '1'],
    ['migrate', 'down', '0'],
  ])
})
