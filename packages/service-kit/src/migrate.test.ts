import { expect, test } from 'vitest'
import { runMigrateCommand } from './migrate.ts'

const options = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', directory: '.' }

test.each([[[]], [['sideways']], [['up', '--to', 'x']]])('%j is not a command', async (args) => {
  const lines: string[] = []
  expect(await runMigrateCommand(args, options, (line) => lines.push(line))).toBe(3)
  expect(lines.join()).toContain('usage')
})
