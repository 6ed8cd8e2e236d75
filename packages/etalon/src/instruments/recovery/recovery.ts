import { monotonicMs, within } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'
import type { Session } from '../session.ts'
import { recoveryRunOf, type RecoveryRun, type Recovered } from './recovery-run.ts'
import { settledAtMs, type Settled } from './settled.ts'
import { startTraffic, type Operate, type Traffic } from './traffic.ts'

export interface RecoveryOptions<Input> {
  /** How many operations are started a second; recovery is told no finer than their distance. */
  readonly rateHz: number
  /** The input of each operation, with a key of its own where it shall be found again. */
  readonly input?: (index: number, random: Random) => Input
  /** When answers are good again: 10 in a row over 250 ms, each within a second, unless given. */
  readonly settled?: Partial<Settled>
  /** A system whose answers are not good again by then has not recovered; 30 s unless given. */
  readonly patienceMs?: number
}

/** What disturbs the system under the traffic. */
export interface TrafficHandle {
  /**
   * Runs `fault`, which disturbs and heals, and waits until answers are good again. Recovery counts
   * from when it resolves.
   */
  readonly recover: (name: string, fault: () => Promise<unknown>) => Promise<Recovered>
  /** Resolves when so many more operations have been started and answered, whatever the answers. */
  readonly pass: (operations: number) => Promise<void>
}

/** Measures how long a system takes until its answers are good again after a fault. */
export interface Recovery {
  /**
   * Keeps a steady traffic up while `disturb` works, and waits for its last answers. The operations
   * are those of a history, to compare with what is in the database afterwards.
   */
  observe<Input, Output>(
    options: RecoveryOptions<Input>,
    operate: Operate<Input, Output>,
    disturb: (traffic: TrafficHandle) => Promise<void>,
  ): Promise<RecoveryRun<Input, Output>>
}

const settledDefault: Settled = { answers: 10, forMs: 250, answerMsMax: 1_000 }
const patienceMsDefault = 30_000

/** Opens the instrument. */
export function createRecovery(session: Session): Recovery {
  return {
    observe: async (options, operate, disturb) => {
      const random = session.random.fork('recovery')
      const traffic = startTraffic(
        {
          rateHz: options.rateHz,
          inputOf: (index) => options.input?.(index, random) as never,
          signal: session.signal,
        },
        operate,
      )
      const settled = { ...settledDefault, ...options.settled }
      const recoveries: Recovered[] = []
      try {
        await disturb({
          pass: (count) => traffic.pass(count),
          recover: async (name, fault) => {
            const patienceMs = options.patienceMs ?? patienceMsDefault
            const recovered = await recoverUnder(traffic, { name, fault, settled, patienceMs })
            recoveries.push(recovered)
            session.evidence.record('recovery', { ...recovered })
            return recovered
          },
        })
      } finally {
        await traffic.stop()
      }
      const operations = traffic.operations.filter((operation) => operation !== undefined)
      for (const operation of operations) session.evidence.record('operation', { ...operation })
      return recoveryRunOf(operations, recoveries, { settled, rateHz: options.rateHz })
    },
  }
}

interface Fault {
  readonly name: string
  readonly fault: () => Promise<unknown>
  readonly settled: Settled
  readonly patienceMs: number
}

async function recoverUnder(
  traffic: Traffic<unknown, unknown>,
  { name, fault, settled, patienceMs }: Fault,
): Promise<Recovered> {
  const struckAtMs = monotonicMs()
  await fault()
  const healedAtMs = monotonicMs()
  const first = traffic.operations.length
  const good = async (): Promise<number> => {
    for (;;) {
      const goodAtMs = settledAtMs(traffic.operations.slice(first), settled)
      if (goodAtMs !== undefined) return goodAtMs
      await traffic.nextAnswer()
    }
  }
  const tooLate = new Error('answers are not good again')
  const recoveredAtMs = await within(good(), patienceMs, () => tooLate).catch((error: unknown) => {
    if (error !== tooLate) throw error
    return Number.POSITIVE_INFINITY
  })
  const recoveryMs = recoveredAtMs - healedAtMs
  return { name, struckAtMs, healedAtMs, recoveredAtMs, recoveryMs }
}
