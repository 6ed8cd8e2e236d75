import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { afterEach, beforeEach, expect, test } from 'vitest'

const { options, ...ruleSet } = JSON.parse(
  readFileSync(new URL('../.dependency-cruiser.json', import.meta.url), 'utf8'),
) as IFlattenedRuleSet & { readonly options: object }

let tree: string

beforeEach(() => {
  tree = mkdtempSync(join(os.tmpdir(), 'etalon-imports-'))
})
afterEach(() => rmSync(tree, { recursive: true }))

const services = 'systems/tickstock/src'

test.each([
  ['producer/relay/relay', 'consumer/app', 'tickstock-producer-knows-no-consumer'],
  ['consumer/app', 'producer/store/outbox', 'tickstock-consumer-knows-no-producer'],
  ['producer/app', 'demo/universe', 'tickstock-producer-knows-no-consumer'],
  ['message/channel', 'producer/publication', 'tickstock-services-share-words-only'],
])('TickStock: %s may not import %s', async (from, to, rule) => {
  write(`${services}/${from}`, services, to)
  expect(await violations()).toEqual([rule])
})

test.each([
  ['producer/relay/relay', 'message/channel'],
  ['consumer/app', 'calendar/day'],
  ['consumer/app', 'consumer/config'],
  ['demo', 'producer/universe/expansion'],
])('TickStock: %s may import %s', async (from, to) => {
  write(`${services}/${from}`, services, to)
  expect(await violations()).toEqual([])
})

/** Writes a module and one that imports it. */
function write(from: string, folder: string, to: string): void {
  const importing = join(tree, `${from}.ts`)
  const imported = join(tree, folder, `${to}.ts`)
  for (const file of [importing, imported]) mkdirSync(dirname(file), { recursive: true })
  writeFileSync(imported, 'export const one = 1\n')
  writeFileSync(importing, `import { one } from '${imported}'\nexport const two = one + one\n`)
}

async function violations(): Promise<string[]> {
  const { output } = await cruise(['systems'], {
    ...options,
    ruleSet,
    validate: true,
    baseDir: tree,
  })
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name)
}
