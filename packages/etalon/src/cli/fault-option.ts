import { isIP } from 'node:net'
import {
  bandwidth,
  cut,
  fail,
  halfOpen,
  latency,
  limitBytes,
  reset,
  slice,
  slowClose,
  statement,
  type FaultSpec,
  type Protocol,
  type Trigger,
} from '../instruments/faults/index.ts'
import { EtalonError } from '../kernel/errors.ts'

/** What stands on the command line of `etalon fault`. */
export interface FaultFlags {
  readonly protocol?: string
  readonly latency?: string
  readonly jitter?: string
  readonly bandwidth?: string
  readonly slice?: string
  readonly limit?: string
  readonly slowClose?: string
  readonly halfOpen?: string | true
  readonly cut?: string | true
  readonly reset?: string | true
  readonly fail?: string
  readonly when?: string
  readonly nth?: string
  readonly times?: string
  readonly connections?: string
  readonly share?: string
  readonly after: string
  readonly for?: string
  readonly seed?: string
  readonly json?: boolean
}

/** What the command is asked to do. */
export interface FaultPlan {
  /** Where it listens; 0 for a free port. */
  readonly listenPort: number
  readonly host: string
  readonly port: number
  readonly protocol: Protocol
  readonly faults: readonly FaultSpec[]
  readonly afterMs: number
  /** How long the faults last; until the command is ended unless given. */
  readonly lastsMs: number | undefined
}

const protocolOfPort: Readonly<Record<number, Protocol>> = { 5432: 'postgres', 6379: 'redis' }

/**
 * @throws ETALON_CLI_USAGE for what cannot be read, or without a fault
 * @throws ETALON_FAULT_HOST_NOT_ALLOWED for a service that is not on this machine
 */
export function planOf(link: string, flags: FaultFlags): FaultPlan {
  const address = addressOf(link)
  const protocol = protocolFor(flags.protocol, address.port)
  const when = triggerOf(flags)
  const faults = faultsOf(flags, when)
  if (faults.length === 0) throw usage('expected a fault such as --latency 50ms, found none')
  if (protocol === 'tcp' && faults.some((fault) => fault.when?.message ?? fault.kind === 'fail')) {
    throw usage('expected --protocol postgres or redis: a plain link reads no messages')
  }
  return {
    ...address,
    protocol,
    faults,
    afterMs: durationMsOf('--after', flags.after),
    lastsMs: flags.for === undefined ? undefined : durationMsOf('--for', flags.for),
  }
}

function addressOf(link: string): { listenPort: number; host: string; port: number } {
  const pattern = /^(?:(?<listen>\d{1,5})->)?(?:(?<host>[^\s>]+):)?(?<port>\d{1,5})$/
  const { listen = '0', host = '127.0.0.1', port } = pattern.exec(link)?.groups ?? {}
  const ports = [Number(listen), Number(port)]
  if (port === undefined || ports.some((one) => one > 65_535)) {
    throw usage(`expected HOST:PORT or LISTEN->HOST:PORT, found ${link}`)
  }
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (bare !== 'localhost' && bare !== '::1' && !(isIP(bare) === 4 && bare.startsWith('127.'))) {
    throw new EtalonError('ETALON_FAULT_HOST_NOT_ALLOWED', { host: bare })
  }
  return { listenPort: Number(listen), host: bare, port: Number(port) }
}

function protocolFor(chosen: string | undefined, port: number): Protocol {
  const protocol = chosen ?? protocolOfPort[port] ?? 'tcp'
  if (protocol === 'tcp' || protocol === 'postgres' || protocol === 'redis') return protocol
  throw usage(`--protocol: expected tcp, postgres or redis, found ${protocol}`)
}

/** Whom the faults take: connections and a share of them, as far as that is said. */
function triggerOf(flags: FaultFlags): Trigger {
  const { connections, share } = flags
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(connections ?? '') ?? []
  if (connections !== undefined && first === undefined) {
    throw usage(`--connections: expected 3 or 2-5, found ${connections}`)
  }
  return {
    ...(first === undefined ? {} : { connections: [Number(first), Number(last)] as const }),
    ...(share === undefined ? {} : { probability: numberOf('--share', share) / 100 }),
  }
}

function faultsOf(flags: FaultFlags, whom: Trigger): FaultSpec[] {
  const at = (moment: string | true): Trigger => ({ ...whom, ...momentOf(flags, moment) })
  const jitterMs = flags.jitter === undefined ? 0 : durationMsOf('--jitter', flags.jitter)
  const asked: readonly (readonly [string | true | undefined, (text: string) => FaultSpec])[] = [
    [flags.latency, (text) => latency(durationMsOf('--latency', text), { jitterMs, ...whom })],
    [flags.bandwidth, (text) => bandwidth(bytesOf('--bandwidth', text), { ...both, ...whom })],
    [flags.slice, (text) => slice(bytesOf('--slice', text), whom)],
    [flags.limit, (text) => limitBytes(bytesOf('--limit', text), whom)],
    [flags.slowClose, (text) => slowClose(durationMsOf('--slow-close', text), whom)],
    [flags.halfOpen, () => halfOpen(at(flags.halfOpen ?? true))],
    [flags.cut, () => cut(at(flags.cut ?? true))],
    [flags.reset, () => reset(at(flags.reset ?? true))],
    [flags.fail, (code) => fail(code, at(true))],
  ]
  return asked.flatMap(([given, make]) => (given === undefined ? [] : [make(String(given))]))
}

const both = { direction: 'both' } as const

/** `before-commit`, `after-commit`, `before:PATTERN`, `after:PATTERN`; any moment unless given. */
function momentOf(flags: FaultFlags, moment: string | true): Trigger {
  const text = moment === true ? flags.when : moment
  const counts = {
    ...(flags.nth === undefined ? {} : { nth: wholeOf('--nth', flags.nth) }),
    ...(flags.times === undefined ? {} : { times: wholeOf('--times', flags.times) }),
  }
  if (text === undefined) return Object.keys(counts).length > 0 ? statement(/./, counts) : {}
  const [, side, pattern] = /^(before|after)(?:-commit|:(.+))$/.exec(text) ?? []
  if (side === undefined) {
    throw usage(
      `expected before-commit, after-commit, before:PATTERN or after:PATTERN, found ${text}`,
    )
  }
  const at = side === 'after' ? ({ at: 'answer' } as const) : {}
  return statement(patternOf(pattern ?? '^\\s*(commit|end)\\b'), { ...counts, ...at })
}

function patternOf(source: string): RegExp {
  try {
    return new RegExp(source, 'i')
  } catch (error) {
    throw usage(`expected a regular expression, found ${source} (${String(error)})`)
  }
}

function durationMsOf(flag: string, text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  if (amount === undefined)
    throw usage(`${flag}: expected a time such as 50ms or 2s, found ${text}`)
  return Number(amount) * ({ ms: 1, s: 1_000, m: 60_000 }[unit] ?? 1)
}

function bytesOf(flag: string, text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(?:B|(K|M|G)i?B)?$/.exec(text) ?? []
  const bytes = Number(amount) * ({ K: 1_024, M: 1_024 ** 2, G: 1_024 ** 3 }[unit] ?? 1)
  if (bytes >= 1) return Math.round(bytes)
  throw usage(`${flag}: expected an amount such as 512, 100KB or 1MB, found ${text}`)
}

function numberOf(flag: string, text: string): number {
  const value = Number(text.replace(/%$/, ''))
  if (text.trim() !== '' && value > 0 && value <= 100) return value
  throw usage(`${flag}: expected a share such as 10%, found ${text}`)
}

function wholeOf(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw usage(`${flag}: expected a whole number above zero, found ${text}`)
}

function usage(problem: string): EtalonError {
  return new EtalonError('ETALON_CLI_USAGE', { problem, command: 'fault' })
}
