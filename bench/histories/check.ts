// Checks one history of its own making and prints what that took, in a process of its own so that
// its memory is its own. Arguments: how many transactions, and `strict` for the order of time.
import { listAppend } from '../../packages/etalon/src/instruments/histories/cycles/list-append.ts'
import type {
  ListStep,
  ListTransaction,
} from '../../packages/etalon/src/instruments/histories/cycles/transaction.ts'
import { random } from '../../packages/etalon/src/kernel/random.ts'

const [count, order] = process.argv.slice(2)
const transactions = Number(count)
const sessions = 10
const liveKeys = 10
const appendsMax = 100
const batch = 5_000

/**
 * What a serializable store answers: 1 to 5 steps on 10 keys in use, half of them appends, and a
 * fresh key after 100 appends, as in Elle's own measurements.
 */
function* history(): Generator<ListTransaction> {
  const draw = random('histories')
  const lists = Array.from({ length: liveKeys }, (_none, key) => ({
    key: `k${key}`,
    values: [] as number[],
  }))
  let keys = liveKeys
  let value = 0
  for (let number = 0; number < transactions; number += 1) {
    const steps: ListStep[] = []
    for (let step = draw.integer(1, 5); step > 0; step -= 1) {
      const place = draw.integer(0, liveKeys - 1)
      const list = lists[place] as (typeof lists)[number]
      if (draw.fraction() < 0.5) steps.push({ read: list.key, values: [...list.values] })
      else {
        value += 1
        list.values.push(value)
        steps.push({ append: list.key, value })
        if (list.values.length === appendsMax) {
          lists[place] = { key: `k${keys}`, values: [] }
          keys += 1
        }
      }
    }
    const startedAtMs = number / sessions
    yield {
      actor: number % sessions,
      startedAtMs,
      endedAtMs: startedAtMs + 0.9,
      outcome: 'ok',
      steps,
    }
  }
}

let checkingUs = 0
function timed<Result>(work: () => Result): Result {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  checkingUs += user + system
  return result
}

const check = listAppend({ isStrict: order === 'strict' })
let waiting: ListTransaction[] = []
const take = (): void => {
  for (const transaction of waiting) check.add(transaction)
  waiting = []
}
for (const transaction of history()) {
  waiting.push(transaction)
  if (waiting.length === batch) timed(take)
}
timed(take)
const { anomalies } = timed(() => check.finish())
const { maxRSS } = process.resourceUsage()
console.log(
  JSON.stringify({ cpuS: checkingUs / 1e6, peakMb: maxRSS / 1_024, anomalies: anomalies.length }),
)
