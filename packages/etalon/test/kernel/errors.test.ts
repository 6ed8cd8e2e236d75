import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { registry, type ErrorCode } from '../../src/kernel/error-registry.ts'
import { EtalonError, messageOf } from '../../src/kernel/errors.ts'
import { exitCode } from '../../src/kernel/exit-code.ts'

const docs = new URL('../../../../docs/errors.md', import.meta.url).pathname
const home = new URL('../../', import.meta.url).pathname

test('docs/errors.md lists exactly the errors of the registry (vitest -u rewrites it)', async () => {
  await expect(errorsPage()).toMatchFileSnapshot(docs)
})

test('every code of the registry is used, and every used code is in the registry', () => {
  const used = new Set<string>()
  for (const file of globSync(['src/**/*.ts', 'bin/*.js'], { cwd: home })) {
    if (file.includes('error-registry')) continue
    const text = readFileSync(home + file, 'utf8')
    for (const [code] of text.matchAll(/(?<=['`])ETALON_[A-Z_]+/g)) used.add(code)
  }
  for (const variable of [
    'ETALON_BROWSER',
    'ETALON_CACHE',
    'ETALON_CLOCK',
    'ETALON_EVENT_LOOP',
    'ETALON_PLANT',
    'ETALON_RUN_ID',
  ])
    used.delete(variable)
  expect([...used].sort()).toEqual(Object.keys(registry).sort())
})

test('fills message and hint with the facts', () => {
  const error = new EtalonError('ETALON_CLAIM_UNKNOWN', { id: 'X-1' })
  expect(error.message).toBe('No claim or requirement matches X-1.')
  expect(error.exitCode).toBe(exitCode.usage)
})

test.each([
  [new Error('as it says'), 'as it says'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [{ code: 7 }, '{"code":7}'],
  [new AggregateError([new Error('one'), new Error('two')], ''), 'one; two'],
])('gives the message of whatever was thrown: %s', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})

function errorsPage(): string {
  const rows = Object.entries(registry)
    .map(([code, { exit, message, hint }]) => {
      return `| \`${code as ErrorCode}\` | ${exitCode[exit]} | ${message} | ${hint} |`
    })
    .join('\n')
  const exits = Object.entries(exitCode)
    .map(([name, code]) => `| ${code} | ${name} |`)
    .join('\n')
  return `# Errors

Every error that Etalon shows to a user: its code, the exit status it leads to, what it says and
what it advises. The page is written from the registry by a test; \`{name}\` stands for a fact.

| exit | meaning |
|---|---|
${exits}

| code | exit | message | what to do next |
|---|---|---|---|
${rows}
`
}
