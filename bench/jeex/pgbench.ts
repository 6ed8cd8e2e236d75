import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { QueryConfig } from 'pg'
import { callers, type Program } from '../service-rate.ts'
import type { Ideas, SqlWork } from './ideas.ts'

const run = promisify(execFile)

/** Whether pgbench is on PATH. */
export function hasPgbench(): boolean {
  return spawnSync('pgbench', ['--version']).status === 0
}

/**
 * Has pgbench send the statements that `work` sends, with the same values, as prepared statements
 * in a transaction of the same caller.
 */
export async function pgbenchOf(ideas: Ideas, work: SqlWork): Promise<Program> {
  const statements = await ideas.recorded(work)
  const variables: string[] = []
  const script = statements.map((one) => `${scriptOf(one, variables)};`).join('\n')
  return {
    durationMsOf: async (operations) => {
      const folder = mkdtempSync(join(os.tmpdir(), 'etalon-pgbench-'))
      try {
        const file = join(folder, 'script.sql')
        writeFileSync(file, script)
        const perCaller = String(Math.round(operations / callers))
        const shape = ['-n', '-M', 'prepared', '-c', String(callers), '-j', '1', '-t', perCaller]
        const { stdout } = await run('pgbench', [...shape, ...variables, '-f', file, ideas.appUrl])
        const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
        if (!(rate > 0)) throw new Error(`pgbench gave no rate:\n${stdout}`)
        return (1_000 * operations) / rate
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
  }
}

/** A statement with pgbench's variables in the place of its parameters. */
function scriptOf({ text, values = [] }: QueryConfig, variables: string[]): string {
  const names = values.map((value) => {
    if (value === null) return 'null'
    const name = `v${variables.length / 2}`
    variables.push('-D', `${name}=${value instanceof Date ? value.toISOString() : String(value)}`)
    return `:${name}`
  })
  return text.replaceAll(/\$(\d+)/g, (_match, number) => names[Number(number) - 1] ?? 'null')
}
