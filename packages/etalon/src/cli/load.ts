import { accessSync, constants, existsSync, writeFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import type { Command } from 'commander'
import pc from 'picocolors'
import {
  chartOf,
  constantRate,
  createLoad,
  csvOf,
  hdrLogOf,
  summaryOf,
  users,
  type AnyShape,
  type LoadRun,
} from '../instruments/load/index.ts'
import { plainSession } from '../instruments/plain-session.ts'
import { voids } from '../kernel/doubt.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { exitCode } from '../kernel/exit-code.ts'
import { freshSeed } from '../kernel/random.ts'
import { reportFailure } from './failure.ts'
import { listenForInterrupt } from './interrupt.ts'
import { loadProgress, summaryText } from './load-text.ts'

interface LoadFlags {
  readonly rate?: string
  readonly users?: string
  readonly for: string
  readonly warmUp: string
  readonly timeout: string
  readonly threads?: string
  readonly connections?: string
  readonly method: string
  readonly header: readonly string[]
  readonly body?: string
  readonly allowHost: readonly string[]
  readonly out: readonly string[]
  readonly json?: boolean
}

const formats: Readonly<Record<string, Format>> = {
  '.svg': chartOf,
  '.csv': csvOf,
  '.hlog': hdrLogOf,
  '.json': (run) => `${JSON.stringify(summaryOf(run), undefined, 1)}\n`,
}

/** `etalon load <url>` */
export function loadCommand(program: Command): void {
  const collect = (value: string, before: readonly string[]): string[] => [...before, value]
  program
    .command('load')
    .description('put load on a URL and say what it does to the latency')
    .argument('<url>', 'http URL; only of this machine unless --allow-host names another')
    .option('--rate <starts>', 'requests that arrive a second, whether or not others were answered')
    .option('--users <count>', 'users of whom each waits for his answer before he asks again')
    .option('--for <duration>', 'how long to measure: 20s, 2m', '20s')
    .option('--warm-up <duration>', 'load before anything is measured', '2s')
    .option('--timeout <duration>', 'past this a request counts as never answered', '10s')
    .option('--threads <count>', 'of the driver; one less than there are processors unless given')
    .option('--connections <count>', 'at most, with --rate; 256 unless given')
    .option('--method <method>', 'of the requests', 'GET')
    .option('--header <header>', '`name: value`; may be given again', collect, [])
    .option('--body <text>', 'of the requests')
    .option(
      '--allow-host <host>',
      'a machine that is yours to load; may be given again',
      collect,
      [],
    )
    .option('--out <file>', 'write .svg, .csv, .hlog or .json; may be given again', collect, [])
    .option('--json', 'print the summary as JSON')
    .action(async (url: string, flags: LoadFlags) => {
      await runLoad(url, flags)
    })
}

async function runLoad(url: string, flags: LoadFlags): Promise<void> {
  const shape = shapeOf(flags)
  const outputs = flags.out.map(checkedOutput)
  const progress = loadProgress(process.stderr)
  const interrupt = listenForInterrupt(() => progress.end())
  try {
    const target = URL.parse(url)
    const path = target ? target.pathname + target.search : '/'
    const session = { ...plainSession(freshSeed()), signal: interrupt.signal }
    const run = await createLoad(session)(shape, {
      url,
      durationMs: durationOf('--for', flags.for),
      warmUpMs: durationOf('--warm-up', flags.warmUp),
      timeoutMs: durationOf('--timeout', flags.timeout),
      ...counts(flags),
      allowHosts: flags.allowHost,
      onProgress: progress.show,
      requests: [
        {
          method: flags.method.toUpperCase(),
          path,
          headers: Object.fromEntries(flags.header.map(headerOf)),
          ...(flags.body === undefined ? {} : { body: flags.body }),
        },
      ],
    })
    progress.end()
    for (const { file, format } of outputs) writeFileSync(file, format(run, url))
    console.log(flags.json ? JSON.stringify(summaryOf(run), undefined, 1) : summaryText(url, run))
    if (run.doubts.some(voids)) process.exitCode = exitCode.inconclusive
  } catch (error) {
    progress.end()
    if (interrupt.by) process.exitCode = exitCode.interrupted
    else process.exitCode = reportFailure(error)
  } finally {
    interrupt.dispose()
  }
}

function shapeOf({ rate, users: count }: LoadFlags): AnyShape {
  if (rate !== undefined && count === undefined) return constantRate(numberOf('--rate', rate))
  if (count !== undefined && rate === undefined) return users(wholeOf('--users', count))
  throw usage('expected one of --rate and --users: docs/instruments/load.md says how to choose')
}

function counts({ threads, connections }: LoadFlags): { threads?: number; connections?: number } {
  return {
    ...(threads === undefined ? {} : { threads: wholeOf('--threads', threads) }),
    ...(connections === undefined ? {} : { connections: wholeOf('--connections', connections) }),
  }
}

type Format = (run: LoadRun, url: string) => string

interface Output {
  readonly file: string
  readonly format: Format
}

function formatOf(file: string): Format {
  const format = formats[extname(file)]
  if (format) return format
  throw usage(
    `--out: expected a file ending with ${Object.keys(formats).join(', ')}, found ${file}`,
  )
}

/** Before the load begins: figures that took minutes must not be lost to a wrong path. */
function checkedOutput(file: string): Output {
  const format = formatOf(file)
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK)
  } catch (error) {
    throw usage(`--out: expected a file that can be written, found ${messageOf(error)}`)
  }
  return { file, format }
}

function headerOf(text: string): readonly [string, string] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e]*)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [name, value]
  throw usage(`--header: expected \`name: value\`, found ${text}`)
}

function durationOf(option: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  const unitMs = { ms: 1, s: 1_000, m: 60_000 }[unit ?? ''] ?? Number.NaN
  const durationMs = Number(amount) * unitMs
  if (Number.isFinite(durationMs)) return durationMs
  throw usage(`${option}: expected a duration such as 500ms, 20s or 2m, found ${text}`)
}

function numberOf(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw usage(`${option}: expected a number above zero, found ${text}`)
}

function wholeOf(option: string, text: string): number {
  const value = numberOf(option, text)
  if (Number.isInteger(value)) return value
  throw usage(`${option}: expected a whole number, found ${text}`)
}

function usage(problem: string): EtalonError {
  return new EtalonError('ETALON_CLI_USAGE', { problem: pc.bold(problem), command: 'load' })
}
