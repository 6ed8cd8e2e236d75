import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { EtalonError } from '../../kernel/errors.ts'
import { withDoubts, type Estimate } from '../../kernel/estimate.ts'
import {
  deliveryLatencyOf,
  lateAsTold,
  type DeliveryLatency,
  type Publication,
} from '../../kernel/ledger/index.ts'
import { quantileOf } from '../../kernel/statistics/quantile.ts'
import type { Session } from '../session.ts'
import type {
  Attempt,
  CrowdAnswer,
  CrowdCall,
  CrowdFacts,
  CrowdPlan,
  CrowdReport,
  CrowdRequest,
  Members,
} from './crowd-message.ts'

/** What a crowd heard, all clients together; see the ledger's account for the findings. */
export interface CrowdAccount extends CrowdFacts {
  /** From the moment in the message to its receipt, on any client. */
  readonly latency: DeliveryLatency
  /** From the beginning of a connection until it was open: the p-quantile. */
  connectTime(p: number): Estimate
  /** The most attempts of all clients that were due within any span of so many milliseconds. */
  attemptsWithin(spanMs: number, fromMs?: number): number
}

/** Many clients, which listen in a process of their own. */
export interface Crowd {
  /** Tells what was published after all were connected; every client has to hear it. */
  published(publications: readonly Publication[]): Promise<void>
  /** Resolves once every client has heard so many different messages, or the time is up. */
  until(delivered: number, options?: { readonly timeoutMs?: number }): Promise<CrowdAccount>
  /** Resolves once every client is connected, or the time is up. */
  connected(options?: { readonly timeoutMs?: number }): Promise<CrowdAccount>
  /** Cuts the connections of some or all, without goodbye. */
  cut(members?: Members): Promise<void>
  /** Lets some read nothing any more, not even pings, until they {@link read} again. */
  stopReading(members?: Members): Promise<void>
  read(members?: Members): Promise<void>
  /** Says a text as it is, anything else as JSON. */
  say(message: unknown, members?: Members): Promise<void>
  account(): Promise<CrowdAccount>
  /** Ends all of them, without goodbye. */
  close(): void
}

const timeoutMsDefault = 20_000

const driverProcess = fileURLToPath(new URL('driver-process.ts', import.meta.url))

/**
 * Opens a crowd; done when all are connected or the plan's time is up.
 *
 * @throws ETALON_SOCKETS_DRIVER_FAILED here and later, when its process could not do it
 */
export async function openCrowd(session: Session, plan: CrowdPlan): Promise<Crowd> {
  const driver = startDriver(session.signal)
  const accountFor = async (request: CrowdRequest): Promise<CrowdAccount> => {
    const account = accountOf(await driver.ask(request))
    const { attempts, latency, ...facts } = account
    const seen = { asked: request.ask, attempts: attempts.length, latencyMaxMs: latency.maxMs }
    session.evidence.record('sockets', { ...facts, ...seen })
    return account
  }
  const order = async (request: CrowdRequest): Promise<void> => {
    await driver.ask(request)
  }
  await accountFor({ ask: 'open', plan })
  return {
    published: (publications) => order({ ask: 'published', publications }),
    until: (delivered, { timeoutMs = timeoutMsDefault } = {}) =>
      accountFor({ ask: 'until', delivered, timeoutMs }),
    connected: ({ timeoutMs = timeoutMsDefault } = {}) =>
      accountFor({ ask: 'connected', timeoutMs }),
    cut: (members) => order({ ask: 'cut', members }),
    stopReading: (members) => order({ ask: 'stop-reading', members }),
    read: (members) => order({ ask: 'read', members }),
    say: (message, members) => {
      const text = typeof message === 'string' ? message : JSON.stringify(message)
      return order({ ask: 'say', members, text })
    },
    account: () => accountFor({ ask: 'report' }),
    close: () => driver.end(),
  }
}

interface Driver {
  ask(request: CrowdRequest): Promise<CrowdReport | undefined>
  end(): void
}

function startDriver(signal: AbortSignal): Driver {
  signal.throwIfAborted()
  const child = fork(driverProcess, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, PromiseWithResolvers<CrowdReport | undefined>>()
  let asked = 0
  const fail = (problem: string): void => {
    for (const call of waiting.values()) {
      call.reject(new EtalonError('ETALON_SOCKETS_DRIVER_FAILED', { problem }))
    }
    waiting.clear()
  }
  const end = (): void => {
    child.kill('SIGKILL')
  }
  signal.addEventListener('abort', end, { once: true })
  child.on('message', ({ id, report, problem }: CrowdAnswer) => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (problem === undefined) call?.resolve(report)
    else call?.reject(new EtalonError('ETALON_SOCKETS_DRIVER_FAILED', { problem }))
  })
  child.on('error', ({ message }) => fail(message))
  child.once('close', () => {
    signal.removeEventListener('abort', end)
    fail('it has ended')
  })
  return {
    end,
    ask: (request) => {
      asked += 1
      const call = Promise.withResolvers<CrowdReport | undefined>()
      waiting.set(asked, call)
      if (child.connected) child.send({ id: asked, request } satisfies CrowdCall)
      else fail('it has ended')
      return call.promise
    },
  }
}

function accountOf(report: CrowdReport | undefined): CrowdAccount {
  if (!report) throw new EtalonError('ETALON_SOCKETS_DRIVER_FAILED', { problem: 'no report came' })
  const { facts, connectMs, doubts } = report
  const latency = deliveryLatencyOf(report, facts.missing.count, doubts)
  return {
    ...facts,
    late: lateAsTold(facts.late, latency),
    latency,
    connectTime: (p) => withDoubts(quantileOf(connectMs, p, { unit: 'ms' }), doubts),
    attemptsWithin: (spanMs, fromMs = 0) => mostWithin(facts.attempts, spanMs, fromMs),
  }
}

function mostWithin(attempts: readonly Attempt[], spanMs: number, fromMs: number): number {
  const moments = attempts
    .map(({ atMs }) => atMs)
    .filter((atMs) => atMs >= fromMs)
    .sort((one, other) => one - other)
  let first = 0
  let most = 0
  for (const [place, atMs] of moments.entries()) {
    while (atMs - (moments[first] as number) >= spanMs) first += 1
    most = Math.max(most, place - first + 1)
  }
  return most
}
