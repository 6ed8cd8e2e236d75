import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exitCode } from '../../src/kernel/exit-code.ts'
import { withTruth } from '../instruments/load/truth.ts'

const program = new URL('../../bin/etalon.js', import.meta.url).pathname

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function etalonLoad(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'load', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

describe('etalon load', { timeout: 60_000 }, () => {
  test('loads a URL, says what it found and writes files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'etalon-load-'))
    try {
      const chart = join(folder, 'chart.svg')
      const { stdout } = await withTruth('fixed:1', (url) =>
        etalonLoad(
          `${url}/a?b=c`,
          '--users',
          '3',
          '--for',
          '2s',
          '--warm-up',
          '200ms',
          '--out',
          chart,
        ),
      )
      expect(stdout).toContain('3 users')
      expect(stdout).toContain('latency, from due')
      expect(stdout).toMatch(/P99 {2,}[\d.]+ ms/)
      expect(readFileSync(chart, 'utf8')).toContain('<svg')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('refuses a file that cannot be written before it loads anything', async () => {
    const { code, stderr } = await etalonLoad(
      'http://127.0.0.1:9',
      '--rate',
      '1',
      '--out',
      'no/a.svg',
    )
    expect(code).toBe(exitCode.usage)
    expect(stderr).toContain('--out: expected a file that can be written')
  })

  test('prints numbers for programs', async () => {
    const { stdout } = await withTruth('refuse', (url) =>
      etalonLoad(url, '--rate', '20', '--for', '2s', '--warm-up', '0s', '--json'),
    )
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { ok: 0, status: 40 },
      statuses: { 503: 40 },
    })
  })

  test.each([
    [['http://127.0.0.1:1'], '--rate and --users'],
    [['http://127.0.0.1:1', '--rate', '5', '--users', '5'], '--rate and --users'],
    [['http://127.0.0.1:1', '--rate', 'many'], '--rate'],
    [['http://127.0.0.1:1', '--users', '1.5'], 'whole number'],
    [['http://127.0.0.1:1', '--rate', '5', '--for', 'long'], '--for'],
    [['http://127.0.0.1:1', '--rate', '5', '--out', 'a.xls'], '--out'],
    [['http://127.0.0.1:1', '--rate', '5', '--header', 'a b\r\nc: d'], '--header'],
    [['http://example.com', '--rate', '5'], 'is not this machine'],
    [['https://127.0.0.1', '--rate', '5'], 'https:'],
  ])('refuses %j', async (args, told) => {
    const { code, stderr } = await etalonLoad(...args)
    expect(code).toBe(exitCode.usage)
    expect(stderr).toContain(told)
  })
})
