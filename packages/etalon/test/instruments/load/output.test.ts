import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chartOf, constantRate, csvOf, hdrLogOf } from '../../../src/instruments/load/index.ts'
import { createLoad, summaryOf, type LoadRun } from '../../../src/instruments/load/index.ts'
import { encodeHdr } from '../../../src/instruments/load/output/hdr.ts'
import { keepRun } from '../../../src/instruments/load/output/keep.ts'
import { processProbe } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { readXml } from '../../../src/report/testing/xml-reader.ts'
import { withTruth } from './truth.ts'

/** Reads the counts of a V2 histogram back, as HdrHistogram's specification says. */
function decodeHdr(text: string): Map<number, number> {
  const packed = Buffer.from(text, 'base64')
  expect(packed.readInt32BE(0)).toBe(0x1c849314)
  expect(packed.readInt32BE(4)).toBe(packed.length - 8)
  const plain = inflateSync(packed.subarray(8))
  expect(plain.readInt32BE(0)).toBe(0x1c849313)
  expect(plain.readInt32BE(4)).toBe(plain.length - 40)
  expect(plain.readInt32BE(12)).toBe(3)
  const counts = new Map<number, number>()
  let bucket = 0
  for (let at = 40; at < plain.length;) {
    let [value, factor, byte] = [0, 1, 0]
    do {
      byte = plain[at] as number
      value += (byte & 127) * factor
      factor *= 128
      at += 1
    } while (byte >= 128)
    const count = value % 2 === 0 ? value / 2 : -(value + 1) / 2
    if (count > 0) counts.set(bucket, count)
    bucket += count > 0 ? 1 : -count
  }
  return counts
}

test('histograms are encoded as HdrHistogram reads them', () => {
  const histogram = fc
    .uniqueArray(fc.integer({ min: 0, max: 22_000 }), { maxLength: 40 })
    .chain((buckets) =>
      fc.tuple(
        ...buckets
          .sort((a, b) => a - b)
          .map((bucket) => fc.tuple(fc.constant(bucket), fc.integer({ min: 1, max: 2 ** 31 }))),
      ),
    )
  fc.assert(
    fc.property(histogram, (pairs) => {
      expect(decodeHdr(encodeHdr(Uint32Array.from(pairs.flat())))).toEqual(new Map(pairs))
    }),
  )
})

describe('a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'etalon-load-'))
  let run: LoadRun
  beforeAll(async () => {
    run = await withTruth('fixed:2', (url) =>
      createLoad(plainSession('output'))(constantRate(50), {
        url,
        durationMs: 3_000,
        warmUpMs: 500,
        requests: [{ path: '/' }],
        probes: [processProbe('tests', process.pid)],
      }),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is a table of its seconds', () => {
    const [header = '', ...lines] = csvOf(run).trimEnd().split('\n')
    const columns = header.split(',')
    expect(columns).toContain('latency_ms_p99')
    expect(lines).toHaveLength(3)
    for (const line of lines) {
      const cells = line.split(',')
      expect(cells).toHaveLength(columns.length)
      expect(Number(cells[columns.indexOf('ok')])).toBe(50)
      expect(Number(cells[columns.indexOf('latency_ms_p50')])).toBeGreaterThanOrEqual(2)
    }
  })

  test('is a log of histograms that hold all its answers', () => {
    const lines = hdrLogOf(run)
      .split('\n')
      .filter((line) => line.startsWith('Tag=due'))
    expect(lines).toHaveLength(3)
    const counts = lines.flatMap((line) => [...decodeHdr(line.split(',')[4] as string).values()])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(150)
  })

  test('is kept beside the evidence, with a picture that is well-formed', () => {
    keepRun({ ...plainSession(), attach: (name) => join(folder, name) }, run, 'fifty & more')
    for (const ending of ['svg', 'csv', 'hlog', 'json']) {
      expect(existsSync(join(folder, `fifty & more.${ending}`)), ending).toBe(true)
    }
    const picture = readFileSync(join(folder, 'fifty & more.svg'), 'utf8')
    expect(() => readXml(picture)).not.toThrow()
    expect(picture).toContain('fifty &amp; more')
    expect(picture).not.toContain('NaN')
    expect(picture).toContain('memory')
  })

  test('shows how late an event loop was, where one was asked', () => {
    const reading = { loopDelayMsMax: 12 }
    const resources = [500, 1_000].map((atMs) => ({ atMs, name: 'api', reading }))
    expect(chartOf(run, 'plain')).not.toContain('event loop')
    const picture = chartOf({ ...run, resources }, 'watched')
    expect(picture).toContain('event loop late by')
    expect(picture).toContain('12 ms')
  })

  test('is summed up in numbers', () => {
    const summary = summaryOf(run)
    expect(summary.counts.ok).toBe(150)
    expect(summary.statuses).toEqual({ 200: 150 })
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  })

  test('has what its probes saw, on its own time line', () => {
    expect(run.resources.length).toBeGreaterThanOrEqual(1)
    for (const { atMs, reading } of run.resources) {
      expect(atMs).toBeGreaterThanOrEqual(0)
      expect(atMs).toBeLessThan(60_000)
      expect(reading['residentBytes']).toBeGreaterThan(20e6)
      expect(reading['openFiles']).toBeGreaterThan(3)
    }
  })
})
