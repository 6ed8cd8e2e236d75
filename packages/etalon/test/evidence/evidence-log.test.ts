import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { evidenceBytesMax, openEvidenceLog, readEvidence } from '../../src/evidence/evidence-log.ts'
import { checkSeal, sealOf } from '../../src/evidence/seal.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-evidence-'))
  path = join(folder, 'inner', 'evidence.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what is recorded is on disk at once, also values that JSON has no word for', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.record('note', { big: 12n, never: Number.POSITIVE_INFINITY, set: new Set([1]) })
  expect(readEvidence(path).events).toEqual([
    { atMs: expect.any(Number), kind: 'note', big: '12', never: 'Infinity', set: [1] },
  ])
  log.close()
})

test('what holds itself is kept but for that', () => {
  const answer: Record<string, unknown> = { status: 500, list: [{ id: 1 }] }
  answer['request'] = { answer, list: answer['list'] }
  const log = openEvidenceLog(path, 'X-1')
  log.record('proof', { title: 'the answer', counterexample: { found: answer } })
  log.close()
  const [event] = readEvidence(path).events
  expect(event?.['counterexample']).toEqual({
    found: {
      status: 500,
      list: [{ id: 1 }],
      request: { answer: '(holds itself)', list: [{ id: 1 }] },
    },
  })
})

test('what decides is cut where it is large, and kept where it is small', () => {
  const log = openEvidenceLog(path, 'X-1')
  const counterexample = { found: 'x'.repeat(5 * 1_024 * 1_024) }
  log.record('proof', { title: 'rows', verdict: 'refuted', counterexample })
  log.close()
  const { events, content } = readEvidence(path)
  expect(events[0]).toMatchObject({ title: 'rows', verdict: 'refuted' })
  expect(events[0]?.['counterexample']).toMatch(/^\{"found":"x+… of 5242892 characters$/)
  expect(content.length).toBeLessThan(70_000)
})

test('late evidence is refused', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.close()
  expect(() => log.record('note', {})).toThrow(/arrived after the claim had been judged/)
})

test('a log that is there already is refused, so that no two claims share one', () => {
  openEvidenceLog(path, 'X-1').close()
  expect(() => openEvidenceLog(path, 'X-2')).toThrow(/cannot be written: EEXIST/)
})

test('a log that is gone is one that was altered', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.close()
  const seal = sealOf(readFileSync(path))
  rmSync(path)
  expect(() => checkSeal(path, seal, 'X-1')).toThrow('not the one that was judged: it is gone')
})

test('a line cut short by a kill is left out', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.record('note', { text: 'whole' })
  log.close()
  appendFileSync(path, '{"atMs":1,"kind":"no')
  expect(readEvidence(path).events).toHaveLength(1)
})

test('past its size a log counts events instead of keeping them, but keeps what decides', () => {
  const log = openEvidenceLog(path, 'X-1')
  const text = 'x'.repeat(1_024 * 1_024)
  for (let count = 0; count < 40; count += 1) log.record('http', { text })
  log.record('proof', { title: 'kept' })
  log.close()
  const { events, content } = readEvidence(path)
  expect(content.length).toBeLessThan(evidenceBytesMax + 3 * 1_024 * 1_024)
  expect(events.at(-2)).toMatchObject({ kind: 'proof', title: 'kept' })
  expect(events.at(-1)).toMatchObject({ kind: 'dropped', events: expect.any(Number) })
})

test('a full log keeps everything that judging looks for', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.record('http', { text: 'x'.repeat(evidenceBytesMax) })
  const kinds = ['doubt', 'attachment', 'process-lost', 'claim-ended']
  for (const kind of kinds) log.record(kind, {})
  log.close()
  expect(readEvidence(path).events.map(({ kind }) => kind)).toEqual(['http', ...kinds])
})

test('a fact that has the name of what every event has is kept under another', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.record('note', { kind: 'proof', atMs: -1, verdict: 'upheld' })
  log.close()
  expect(readEvidence(path).events).toEqual([
    { atMs: expect.any(Number), kind: 'note', _kind: 'proof', _atMs: -1, verdict: 'upheld' },
  ])
  expect(readEvidence(path).events[0]?.atMs).toBeGreaterThanOrEqual(0)
})

test('a seal tells what was added and what was changed', () => {
  const log = openEvidenceLog(path, 'X-1')
  log.record('proof', { title: 'a' })
  log.close()
  const seal = sealOf(readFileSync(path))
  expect(() => checkSeal(path, seal, 'X-1')).not.toThrow()
  appendFileSync(path, 'more\n')
  expect(() => checkSeal(path, seal, 'X-1')).toThrow(/5 bytes were added after the verdict/)
  rmSync(path)
  appendFileSync(path, 'something else, longer than before, to be sure of it\n')
  expect(() => checkSeal(path, seal, 'X-1')).toThrow(/its content changed/)
})
