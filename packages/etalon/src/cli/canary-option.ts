import type { CanaryOptions, ClientMark } from '../instruments/canary/index.ts'
import { EtalonError } from '../kernel/errors.ts'

/** What stands on the command line of `etalon canary`. */
export interface CanaryFlags {
  readonly stable: string
  readonly candidate: string
  readonly port: string
  readonly steps: string
  readonly stepFor: string
  readonly samples: string
  readonly failed: string
  readonly refused: string
  readonly latency: string
  readonly clientBy: readonly string[]
  readonly undecided: string
  readonly timeout: string
  readonly seed?: string
  readonly stay?: boolean
  readonly json?: boolean
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** @throws ETALON_CLI_USAGE for what is no number, time or word of the list */
export function optionsOf(flags: CanaryFlags): CanaryOptions {
  return {
    stable: flags.stable,
    candidate: flags.candidate,
    port: numberOf('--port', flags.port),
    stepsPercent: flags.steps.split(',').map((percent) => numberOf('--steps', percent)),
    stepForMs: durationMsOf('--step-for', flags.stepFor),
    samplesMin: numberOf('--samples', flags.samples),
    failedShareMax: numberOf('--failed', flags.failed) / 100,
    refusedShareMax: numberOf('--refused', flags.refused) / 100,
    latencyRatioMax: numberOf('--latency', flags.latency),
    clientBy: flags.clientBy as readonly ClientMark[],
    undecided: undecidedOf(flags.undecided),
    timeoutMs: durationMsOf('--timeout', flags.timeout),
  }
}

function undecidedOf(text: string): 'rollback' | 'promote' {
  if (text === 'rollback' || text === 'promote') return text
  throw usage(`--undecided: expected rollback or promote, found ${text}`)
}

function numberOf(flag: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw usage(`${flag}: expected a number, found ${text || 'nothing'}`)
}

function durationMsOf(flag: string, text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? []
  if (amount === undefined) throw usage(`${flag}: expected a time such as 60s, found ${text}`)
  return Number(amount) * (unitMs[unit as keyof typeof unitMs] ?? 1)
}

function usage(problem: string): EtalonError {
  return new EtalonError('ETALON_CLI_USAGE', { problem, command: 'canary' })
}
