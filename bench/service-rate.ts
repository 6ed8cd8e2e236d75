import { Pool as HttpPool } from 'undici'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { durationOf, measureInRounds, type Durations } from './benchmark.ts'

/** Callers who ask at once, each on a connection of its own. */
export const callers = 50

/** How long a comparison goes on. */
interface RateOptions {
  readonly rounds: number
  readonly operationsPerRound: number
}

/** Does something once; `index` counts the operations of a round. */
type Operation = (index: number) => Promise<unknown>

/** Does a number of operations by another program, and gives the milliseconds that it took. */
export interface Program {
  readonly durationMsOf: (operations: number) => Promise<number>
}

/** A service that is called as one of its users. */
interface CalledService {
  /** Sends a body as POST, nothing as GET. @throws Error for another status than 200 or 201 */
  call(path: string, body?: unknown): Promise<void>
  close(): Promise<void>
}

/** Calls a service on one connection a caller. */
export function openService(url: string, headers: Readonly<Record<string, string>>): CalledService {
  const http = new HttpPool(url, { connections: callers, pipelining: 1 })
  return {
    close: () => http.close(),
    call: async (path: string, body?: unknown): Promise<void> => {
      const method = body === undefined ? 'GET' : 'POST'
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const answer = await http.request({ path, method, headers, ...sent })
      const text = await answer.body.text()
      if (![200, 201].includes(answer.statusCode)) throw new Error(`${method} ${path}: ${text}`)
    },
  }
}

/** The head of the table that {@link compareRates} gives the rows of. */
export const rateHead = [
  '| | a second, median (least to most) | of the first | P95 at 50 callers |',
  '|---|---|---|---|',
]

/** Measures operations by 50 callers in interleaved rounds; a row of the table for each. */
export async function compareRates(
  operations: Readonly<Record<string, Operation | Program>>,
  { rounds, operationsPerRound }: RateOptions,
): Promise<string[]> {
  const latenciesMs = new Map<string, number[]>()
  const contenders = Object.entries(operations).map(([name, operation]) => {
    const latencies: number[] = []
    latenciesMs.set(name, latencies)
    const measure = (): Promise<number> =>
      typeof operation === 'function'
        ? durationOf(() => callAll(operation, operationsPerRound, latencies))
        : operation.durationMsOf(operationsPerRound)
    return { name, measure }
  })
  const durations = await measureInRounds(contenders, { rounds })
  return rowsOf(durations, latenciesMs, operationsPerRound)
}

/** Does the operations of a round, each caller one after the other. */
async function callAll(operation: Operation, count: number, latenciesMs: number[]): Promise<void> {
  let next = 0
  const caller = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      latenciesMs.push(await durationOf(() => operation(index)))
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

function rowsOf(
  durations: Durations,
  latenciesMs: ReadonlyMap<string, number[]>,
  operationsPerRound: number,
): string[] {
  const [reference = []] = durations.values()
  const rateOf = (durationMs: number): number => (1_000 * operationsPerRound) / durationMs
  return [...durations].map(([name, values], index) => {
    const rates = values.map(rateOf)
    const latencies = latenciesMs.get(name) ?? []
    const p95 = quantileOf(latencies, 0.95, { unit: 'ms' })
    const share = pairedRatioOf(
      rates.map((subject, round) => ({ subject, reference: rateOf(reference[round] ?? 0) })),
    )
    const shown = [
      quantileOf(rates, 0.5, { unit: 'value' }).value,
      Math.min(...rates),
      Math.max(...rates),
    ].map((rate) => Math.round(rate).toLocaleString('en'))
    const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
    const shareText =
      index === 0 ? '' : `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`
    const p95Text = latencies.length === 0 ? '' : formatQuantity(p95.value, 'ms')
    return `| ${name} | ${shown[0]} (${shown[1]} to ${shown[2]}) | ${shareText} | ${p95Text} |`
  })
}
