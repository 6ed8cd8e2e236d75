import os from 'node:os'
import { pathToFileURL } from 'node:url'
import type { Session } from '../session.ts'
import { drive } from './driver/driver.ts'
import type { LoadProgress } from './driver/driver-message.ts'
import { loadScenario, wholeScenario } from './full/scenario.ts'
import { keepRun } from './output/keep.ts'
import type { BodyCheck, LoadPlan, PlannedWork } from './plan.ts'
import { startProbes, type Probe } from './resources/probe.ts'
import { comparisonOf, type LoadComparison } from './result/comparison.ts'
import { loadRunOf, type LoadRun } from './result/load-run.ts'
import { summaryOf } from './result/summary.ts'
import type { AnyShape } from './shapes/index.ts'
import { loadTarget } from './target.ts'

/** A request that starts repeat. */
export interface LoadRequest {
  /** Under which its latencies are kept apart; `METHOD path` unless given. */
  readonly name?: string
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: string
  /** Statuses that are an answer; 200 to 399 unless given. */
  readonly statuses?: readonly number[]
  /** What the body of an answer has to be, or to hold. */
  readonly check?: BodyCheck
}

/** What each start does: one of a list of requests in turn, or a scenario of several steps. */
export type LoadWork =
  | { readonly requests: readonly LoadRequest[] }
  | {
      /** Path or URL of the module whose default export is the scenario. */
      readonly scenario: string | URL
      /** Given to the scenario; it is copied to each thread. */
      readonly data?: unknown
    }

export type LoadOptions = LoadWork & {
  /** Base URL of the system; in a claim its first process unless given. */
  readonly url?: string
  /** Whole seconds that are measured; quantiles need 8 for their bounds. */
  readonly durationMs: number
  /** Load before anything is measured; 2 s unless given. */
  readonly warmUpMs?: number
  /** Past this a request counts as never answered; 10 s unless given. */
  readonly timeoutMs?: number
  /** Threads of the driver; one less than there are processors unless given. */
  readonly threads?: number
  /** At most, for open shapes; 256 unless given. Closed shapes have one for each user. */
  readonly connections?: number
  /** Hosts other than this machine that may be loaded. */
  readonly allowHosts?: readonly string[]
  /** What is watched meanwhile. */
  readonly probes?: readonly Probe[]
  readonly onProgress?: (progress: LoadProgress) => void
  /** Keeps a chart, a table, the histograms and the summary beside the evidence, in files of this name. */
  readonly name?: string
}

/** Puts load on a system and measures what it does. */
export interface Load {
  (shape: AnyShape, options: LoadOptions): Promise<LoadRun>
  /**
   * Compares a quantile of two targets, such as two endpoints or two revisions, in paired rounds
   * whose order is drawn: what disturbs the machine meanwhile favours neither.
   *
   * @param question the quantile, 0.95 for P95; at least 6 rounds for an interval
   */
  compare(
    shape: AnyShape,
    question: { readonly p: number; readonly rounds: number },
    subject: LoadOptions,
    reference: LoadOptions,
  ): Promise<LoadComparison>
}

const warmUpMsDefault = 2_000
const timeoutMsDefault = 10_000
const connectionsDefault = 256

/** Opens the instrument. `url` is used where a load names none. */
export function createLoad(session: Session, url?: string): Load {
  const load = (shape: AnyShape, options: LoadOptions): Promise<LoadRun> =>
    runLoad(session, shape, { ...(url === undefined ? {} : { url }), ...options })
  return Object.assign(load, {
    compare: async (
      shape: AnyShape,
      { p, rounds }: { readonly p: number; readonly rounds: number },
      subject: LoadOptions,
      reference: LoadOptions,
    ): Promise<LoadComparison> => {
      const random = session.random.fork('load/compare')
      const runs = { subject: [] as LoadRun[], reference: [] as LoadRun[] }
      for (let round = 0; round < rounds; round += 1) {
        for (const side of random.shuffle(['subject', 'reference'] as const)) {
          runs[side].push(await load(shape, side === 'subject' ? subject : reference))
        }
      }
      return comparisonOf(runs, p)
    },
  })
}

async function runLoad(session: Session, shape: AnyShape, options: LoadOptions): Promise<LoadRun> {
  const plan = await planOf(session, shape, options)
  session.evidence.record('load', { planned: { ...plan, work: plan.work.lane } })
  const probing = startProbes(options.probes ?? [])
  let zeroMs = Number.POSITIVE_INFINITY
  try {
    const { onProgress } = options
    const driven = await drive(plan, { signal: session.signal, onProgress })
    zeroMs = driven.measuredFromMs
    const run = loadRunOf(plan, driven, await probing.stop(zeroMs))
    session.evidence.record('load', { measured: summaryOf(run), problems: probing.problems })
    if (options.name !== undefined) keepRun(session, run, options.name)
    return run
  } finally {
    await probing.stop(zeroMs)
  }
}

async function planOf(session: Session, shape: AnyShape, options: LoadOptions): Promise<LoadPlan> {
  const { host, port } = loadTarget(options.url ?? '', options.allowHosts)
  const { series, work } = await workOf(options)
  return {
    host,
    port,
    shape,
    durationMs: Math.max(1, Math.ceil(options.durationMs / 1_000)) * 1_000,
    warmUpMs: options.warmUpMs ?? warmUpMsDefault,
    timeoutMs: options.timeoutMs ?? timeoutMsDefault,
    threads: options.threads ?? Math.max(1, os.availableParallelism() - 1),
    connections: options.connections ?? connectionsDefault,
    seed: session.random.fork('load').seed,
    series,
    work,
  }
}

async function workOf(
  options: LoadWork,
): Promise<{ series: readonly string[]; work: PlannedWork }> {
  if ('scenario' in options) {
    const { scenario, data } = options
    const module = scenario instanceof URL ? scenario.href : moduleUrl(scenario)
    const { steps } = await loadScenario(module)
    return { series: [wholeScenario, ...steps], work: { lane: 'full', module, data } }
  }
  if (options.requests.length === 0) {
    throw new RangeError('load: expected at least one request, found none')
  }
  const named = options.requests.map((request) => ({
    ...request,
    name: request.name ?? `${request.method ?? 'GET'} ${request.path}`,
  }))
  const names = [...new Set(named.map(({ name }) => name))]
  // A memory for each name would be much for a thousand users with paths of their own.
  const series = names.length <= seriesMax ? names : ['requests']
  const requests = named.map(({ name, method = 'GET', path, headers, json, body, ...judged }) => ({
    series: Math.max(0, series.indexOf(name)),
    method,
    path,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: json === undefined ? body : JSON.stringify(json),
    statuses: judged.statuses,
    bodyCheck: judged.check,
  }))
  return { series, work: { lane: 'fast', requests } }
}

const seriesMax = 16

function moduleUrl(path: string): string {
  return path.startsWith('file:') ? path : pathToFileURL(path).href
}
