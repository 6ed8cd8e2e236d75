import { describe, expect, test } from 'vitest'
import { checkRegisters } from '../../../src/instruments/histories/cycles/register.ts'
import type {
  RegisterStep,
  RegisterTransaction,
} from '../../../src/instruments/histories/cycles/transaction.ts'

const write = (key: string, value: number): RegisterStep => ({ write: key, value })
const read = (key: string, value: number | null): RegisterStep => ({ read: key, value })

const atOnce = (...transactions: readonly (readonly RegisterStep[])[]): RegisterTransaction[] =>
  transactions.map((steps, actor) => ({
    actor,
    startedAtMs: 0,
    endedAtMs: 1,
    outcome: 'ok',
    steps,
  }))

const kinds = (transactions: readonly RegisterTransaction[], isStrict = false): string[] =>
  checkRegisters(transactions, { isStrict }).anomalies.map(({ kind }) => kind)

describe('registers, of which only what was read is known', () => {
  test('one update after the other has no anomaly', () => {
    expect(
      kinds(
        atOnce([read('x', null), write('x', 1)], [read('x', 1), write('x', 2)], [read('x', 2)]),
      ),
    ).toEqual([])
  })

  test('two updates of one version are a lost update', () => {
    expect(
      kinds(atOnce([read('x', null), write('x', 1)], [read('x', null), write('x', 2)])),
    ).toContain('lost-update')
  })

  test('write skew is G2-item', () => {
    const report = checkRegisters(
      atOnce(
        [read('x', null), read('y', null), write('x', 1)],
        [read('x', null), read('y', null), write('y', 2)],
      ),
    )
    expect(report.anomalies.map(({ kind }) => kind)).toEqual(['G2-item'])
    expect(report.against('snapshot-isolation')).toEqual([])
  })

  test('read skew is G-single', () => {
    expect(
      kinds(
        atOnce(
          [write('x', 1), write('y', 1)],
          [read('x', 1), write('x', 2), read('y', 1), write('y', 2)],
          [read('x', 1), read('y', 2)],
        ),
      ),
    ).toContain('G-single')
  })

  test('dirty and intermediate reads, and values from nowhere', () => {
    const [writer, reader] = atOnce([write('x', 1)], [read('x', 1)])
    expect(kinds([{ ...writer!, outcome: 'failed' }, reader!])).toEqual(['G1a'])
    expect(kinds(atOnce([write('x', 1), write('x', 2)], [read('x', 1)]))).toContain('G1b')
    expect(kinds(atOnce([read('x', 9)]))).toEqual(['unwritten-value'])
    expect(kinds(atOnce([write('x', 1), read('x', null)]))).toEqual(['internal'])
  })

  test('a register that others change between two reads is what read committed allows', () => {
    const reads = [read('x', 1), read('x', 2), read('x', 1)]
    const update = [read('x', 1), write('x', 2)]
    const report = checkRegisters(atOnce([write('x', 1)], update, reads))
    const found = report.anomalies.map(({ kind }) => kind)
    expect(found).toEqual(['non-repeatable-read', 'non-repeatable-read', 'G-single'])
    expect(report.against('read-committed')).toEqual([])
    expect(report.against('snapshot-isolation')).toHaveLength(3)
  })

  test('what a transaction reads again is judged like what it read first', () => {
    const [first, second, reader] = atOnce(
      [write('x', 1)],
      [write('x', 2)],
      [read('x', 1), read('x', 2)],
    )
    const dirty = checkRegisters([first!, { ...second!, outcome: 'failed' }, reader!])
    expect(dirty.against('read-committed').map(({ kind }) => kind)).toEqual(['G1a'])
    const own = checkRegisters(atOnce([write('x', 1)], [write('x', 2), read('x', 1)]))
    expect(own.against('read-committed').map(({ kind }) => kind)).toEqual(['internal'])
  })

  test('a read of the past needs the clock to be found', () => {
    const [writer, reader] = atOnce([read('x', null), write('x', 1)], [read('x', null)])
    const later = [writer!, { ...reader!, startedAtMs: 2, endedAtMs: 3 }]
    expect(kinds(later)).toEqual([])
    expect(kinds(later, true)).toEqual(['G-single'])
  })

  test('a write that was lost is found behind any number of others', () => {
    const later = { startedAtMs: 2, endedAtMs: 3 }
    const others = Array.from({ length: 1_500 }, (_none, value) => [write('x', value)])
    const [lost, reader, ...rest] = atOnce([write('x', -1)], [read('x', null)], ...others)
    // Of the others nobody knows when they took place: they go on until after the reader.
    const open = rest.map((each): RegisterTransaction => ({ ...each, endedAtMs: 4 }))
    const report = checkRegisters([...open, lost!, { ...reader!, ...later }], { isStrict: true })
    expect(report.anomalies).toMatchObject([
      { kind: 'G-single', needs: 'realtime', transactions: [1_501, 1_500] },
    ])
  })
})
