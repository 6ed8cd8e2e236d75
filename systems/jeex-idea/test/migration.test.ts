import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { executionStates } from '../src/execution.ts'
import { agentTypes, documentTypes, projectStatuses } from '../src/vocabulary.ts'

const directory = new URL('../migrations/', import.meta.url)
const files = readdirSync(directory).sort()
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')

test('migrations are numbered without a gap', () => {
  files.forEach((name, at) => {
    expect(name).toMatch(/^\d{4}-[a-z]+(-[a-z]+)+\.sql$/)
    expect(Number(name.slice(0, 4))).toBe(at + 1)
  })
})

test.each(files)('%s has an up part and then a down part', (name) => {
  const text = read(name)
  expect(text.startsWith('-- Up Migration\n')).toBe(true)
  expect(text.split('\n-- Down Migration\n')).toHaveLength(2)
})

test('every table has row security but those that belong to nobody', () => {
  const all = files.map(read).join('\n')
  const tables = [...all.matchAll(/^create table (\w+)/gm)].map(([, name]) => name)
  const secured = [...all.matchAll(/^alter table (\w+) enable row level security/gm)]
  const names = new Set(secured.map(([, name]) => name))
  expect(tables.filter((name) => !names.has(name))).toEqual(['job_schedules', 'backups'])
})

test.each([
  ['0003-create-projects.sql', projectStatuses],
  ['0004-create-documents.sql', documentTypes],
  ['0005-create-executions.sql', agentTypes],
  ['0005-create-executions.sql', executionStates],
])('%s allows the words that the code knows', (file, words) => {
  const text = read(file).replaceAll(/\s+/g, ' ')
  expect(text).toContain(words.map((word) => `'${word}'`).join(', '))
})
