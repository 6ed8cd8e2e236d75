import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { prepareSystems, type PreparedSystem } from '../packages/etalon/src/claims/prepare.ts'

const directory = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

let systems: readonly PreparedSystem[]

// Reads all claims and defects, and refuses a defect whose anchor in the source is lost.
beforeAll(async () => {
  systems = (await prepareSystems({ directory, systems: [], only: [] })).systems
}, 300_000)

test('all four systems can be judged, and each claim has a defect', () => {
  expect(systems.map(({ system }) => system.config.name).toSorted()).toEqual([
    'character-observatory',
    'jeex-idea',
    'lfa-licenses',
    'tickstock',
  ])
  const undefended = systems.flatMap(({ catalogue }) => {
    const refuted = new Set(catalogue.defects.flatMap(({ refutes }) => refutes))
    return catalogue.claims.map(({ id }) => id).filter((id) => !refuted.has(id))
  })
  expect(undefended).toEqual([])
})

test('the README counts what is there', () => {
  for (const { system, document, catalogue } of systems) {
    const row = readme.split('\n').find((line) => line.includes(`](systems/${system.config.name})`))
    const claims = new Set(catalogue.claims.map(({ id }) => id)).size
    expect(row).toContain(`[${document.requirements.length} requirements]`)
    expect(row).toContain(`${claims} claims, ${catalogue.defects.length} defects`)
  }
})
