import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { random, type Random } from '../packages/etalon/src/kernel/random.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'

/** A benchmark: measures, and gives what it found as Markdown. */
export type Benchmark = () => Promise<string>

/** One way of doing the thing that is measured; gives its duration in milliseconds. */
export interface Contender {
  readonly name: string
  /** Does the thing once and gives what it took. */
  readonly measure: (round: number) => Promise<number>
}

/** Durations of each contender, by name, in the order of the rounds. */
export type Durations = ReadonlyMap<string, readonly number[]>

/**
 * Measures contenders in interleaved rounds, in an order drawn for each round, so that a noisy
 * machine disturbs all alike.
 */
export async function measureInRounds(
  contenders: readonly Contender[],
  options: { readonly rounds: number; readonly warmUp?: number; readonly draw?: Random },
): Promise<Durations> {
  const draw = options.draw ?? random('bench')
  const durations = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = -(options.warmUp ?? 2); round < options.rounds; round += 1) {
    for (const { name, measure } of draw.shuffle(contenders)) {
      const durationMs = await measure(Math.max(0, round))
      if (round >= 0) durations.get(name)?.push(durationMs)
    }
    if (process.stderr.isTTY) process.stderr.write(`\rround ${round + 1} of ${options.rounds} `)
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  return durations
}

/** How long something takes, in milliseconds. */
export async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** A table of medians, P95 and ratios to the first contender. */
export function durationTable(durations: Durations): string {
  const [reference] = durations.values()
  const rows = [...durations].map(([name, values], index) => {
    const median = quantileOf(values, 0.5, { unit: 'ms' })
    const p95 = quantileOf(values, 0.95, { unit: 'ms' })
    const ratio =
      index === 0 || !reference
        ? '1'
        : ratioText(values.map((subject, round) => ({ subject, reference: reference[round] ?? 0 })))
    const spread = `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`
    return `| ${name} | ${values.length} | ${shown(median.value)} | ${shown(p95.value)} | ${spread} | ${ratio} |`
  })
  return [
    '| | rounds | median | P95 | least to most | times the first |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function ratioText(rounds: readonly { subject: number; reference: number }[]): string {
  const { value, low, high } = pairedRatioOf(rounds)
  return `${formatQuantity(value, 'value')} (${formatQuantity(low, 'value')} to ${formatQuantity(high, 'value')})`
}

function shown(durationMs: number): string {
  return formatQuantity(durationMs, 'ms')
}
