import { describe, expect, test } from 'vitest'
import { describeDifference, type Failures } from '../../../src/instruments/migrations/index.ts'
import { ask, testServer } from './database.ts'
import { first, ledger, second, seedOf, toolOn, type Manner } from './tool.ts'

const server = testServer()

describe('a migration that fails half-way', () => {
  let moves = 0
  const failures = async (manner: Manner, strikes = 4): Promise<Failures> => {
    const database = await server.database()
    const steps = toolOn(database.url, { 1: first, 2: second }, manner)
    await steps.down(undefined)
    const before = await database.migrations.fingerprint({ ledger })
    moves = 0
    const counted = {
      versions: steps.versions,
      up: (to: string) => ((moves += 1), steps.up(to)),
      down: (to: string | undefined) => ((moves += 1), steps.down(to)),
    }
    const found = await database.migrations.failHalfway({
      steps: counted,
      seed: seedOf(database),
      strikes,
      ledger,
    })
    const after = await ask(
      database.url,
      `select nspname from pg_namespace where nspname ~ 'etalon'
       union all select evtname from pg_event_trigger
       union all select tgname from pg_trigger where tgname ~ 'etalon'`,
    )
    expect(after).toEqual([])
    expect(before.catalogue.length).toBeGreaterThan(0)
    return found
  }

  test('leaves no trace where it runs in one transaction', async () => {
    const found = await failures('in one transaction')
    expect(found).toMatchObject({ traces: [], unnoticed: [], unstruck: [], failed: [] })
    const places = found.struck.map(({ version, what, after }) => `${version} ${what} ${after}`)
    expect([...new Set(places)].sort()).toEqual([
      '1 down DROP TABLE',
      '1 down ledger',
      '1 up CREATE INDEX',
      '1 up CREATE TABLE',
      '1 up GRANT',
      '1 up ledger',
      '2 down ALTER TABLE',
      '2 down DROP TABLE',
      '2 down ledger',
      '2 up ALTER TABLE',
      '2 up CREATE TABLE',
      '2 up ledger',
    ])
    const strikes = new Set(found.struck.map(({ strike }) => strike))
    expect(strikes).toEqual(new Set(['error', 'lost connection']))
  })

  test('is struck after its last command alone, without being done to learn which that is', async () => {
    const found = await failures('in one transaction', 1)
    expect(found).toMatchObject({ traces: [], unnoticed: [], unstruck: [], failed: [] })
    const places = found.struck.map(
      ({ version, what, after, turn }) => `${version} ${what} ${after} ${turn}`,
    )
    expect(places).toEqual(['1 up ledger 4', '1 down ledger 2', '2 up ledger 3', '2 down ledger 3'])
    expect(moves).toBe(1 + 2 * 3)
  })

  test('is done once to learn its commands where the ledger is written first', async () => {
    const found = await failures('ledger first', 1)
    expect(found).toMatchObject({ traces: [], unnoticed: [], unstruck: [], failed: [] })
    const places = found.struck.map(({ version, what, turn }) => `${version} ${what} ${turn}`)
    expect(places).toEqual(['1 up 1', '1 down 1', '2 up 1', '2 down 1'])
    expect(moves).toBe(1 + 2 * 7)
  })

  test('leaves its first statements where each stands alone', async () => {
    const { traces } = await failures('statement by statement')
    const sentences = traces.flatMap(({ trace }) => trace.map(describeDifference))
    expect(sentences).toContain('table public.person is new')
  })

  test('is found out when the tool calls it a success', async () => {
    const { unnoticed, traces } = await failures('hiding its failures', 1)
    expect(unnoticed).toHaveLength(4)
    expect(traces).toEqual([])
  })
})
