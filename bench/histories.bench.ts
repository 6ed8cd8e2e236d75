// What the check for isolation anomalies costs: processor time for a transaction, and memory, from
// a hundred thousand to a million transactions. Making the history is not counted.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { random } from '../packages/etalon/src/kernel/random.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import type { Benchmark } from './benchmark.ts'

const rounds = 5
const program = new URL('histories/check.ts', import.meta.url).pathname
const run = promisify(execFile)

interface Checked {
  readonly cpuS: number
  readonly peakMb: number
  readonly anomalies: number
}

const cases = [100_000, 300_000, 1_000_000].flatMap((transactions) =>
  ['serializable', 'strict'].map((order) => ({ transactions, order })),
)

const histories: Benchmark = async () => {
  const draw = random('histories')
  const measured = new Map(cases.map((each) => [each, [] as Checked[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const each of draw.shuffle(cases)) {
      const { stdout } = await run(process.execPath, [program, `${each.transactions}`, each.order])
      measured.get(each)?.push(JSON.parse(stdout) as Checked)
    }
  }
  const rows = [...measured].map(([{ transactions, order }, results]) => {
    const rates = results.map(({ cpuS }) => transactions / cpuS)
    const cpuMs = results.map(({ cpuS }) => cpuS * 1_000)
    const rate = (transactions / quantileOf(cpuMs, 0.5, { unit: 'ms' }).value) * 1_000
    const peakMb = Math.max(...results.map((result) => result.peakMb))
    const found = Math.max(...results.map(({ anomalies }) => anomalies))
    const spread = `${whole(Math.min(...rates))} to ${whole(Math.max(...rates))}`
    return `| ${whole(transactions)} | ${order} | ${whole(rate)} (${spread}) | ${whole(peakMb)} MB | ${found} |`
  })
  return [
    `${rounds} interleaved rounds. A history of 10 sessions over lists: 1 to 5 steps a transaction,`,
    'half of them appends, 100 appends to a key. The memory is that of the whole process.',
    '',
    '| transactions | order | transactions a CPU-second, median | most memory | anomalies |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')

export default histories
