import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeAnomaly } from '../../../src/instruments/histories/cycles/anomaly.ts'
import { checkListAppend } from '../../../src/instruments/histories/cycles/list-append.ts'
import type { CycleReport } from '../../../src/instruments/histories/cycles/report.ts'
import type {
  ListStep,
  ListTransaction,
} from '../../../src/instruments/histories/cycles/transaction.ts'

const append = (key: string, value: number): ListStep => ({ append: key, value })
const read = (key: string, ...values: number[]): ListStep => ({ read: key, values })

/** Transactions of one session each, all at the same time. */
const atOnce = (...transactions: readonly (readonly ListStep[])[]): ListTransaction[] =>
  transactions.map((steps, actor) => ({
    actor,
    startedAtMs: 0,
    endedAtMs: 1,
    outcome: 'ok',
    steps,
  }))

const aborted = (transaction: ListTransaction): ListTransaction => ({
  ...transaction,
  outcome: 'failed',
})

const kinds = ({ anomalies }: CycleReport): string[] => anomalies.map(({ kind }) => kind)

describe('anomalies of the literature, each as a history over lists', () => {
  test('Adya 1999, H_wcycle: two writers in opposite orders are G0', () => {
    const report = checkListAppend(
      atOnce(
        [append('x', 2), append('y', 8)],
        [append('x', 5), append('y', 5)],
        [read('x', 2, 5), read('y', 5, 8)],
      ),
    )
    expect(kinds(report)).toContain('G0')
    expect(report.against('read-uncommitted')).toHaveLength(1)
  })

  test('Adya 1999, H_1a: a read of what was rolled back is G1a', () => {
    const [writer, reader] = atOnce([append('x', 1)], [read('x', 1)])
    const report = checkListAppend([aborted(writer!), reader!])
    expect(kinds(report)).toEqual(['G1a'])
    expect(report.against('read-uncommitted')).toEqual([])
    expect(report.against('read-committed')).toHaveLength(1)
  })

  test('Adya 1999, H_1b: a read between two writes of one transaction is G1b', () => {
    const report = checkListAppend(atOnce([append('x', 1), append('x', 2)], [read('x', 1)]))
    expect(kinds(report)).toContain('G1b')
  })

  test('Adya 1999, H_1c: two transactions that read each other are G1c', () => {
    const report = checkListAppend(
      atOnce([append('x', 1), read('y', 2)], [append('y', 2), read('x', 1)]),
    )
    expect(kinds(report)).toEqual(['G1c'])
    expect(report.against('read-committed')).toHaveLength(1)
  })

  test('read skew is G-single, which read committed allows', () => {
    const report = checkListAppend(
      atOnce([read('x'), read('y', 2)], [append('x', 1), append('y', 2)], [read('x', 1)]),
    )
    expect(kinds(report)).toEqual(['G-single'])
    expect(report.against('read-committed')).toEqual([])
    expect(report.against('snapshot-isolation')).toHaveLength(1)
  })

  test('Elle, section 7.1: what TiDB answered is G-single', () => {
    const report = checkListAppend([
      ...atOnce(
        [append('253', 1), append('253', 3), append('253', 4)],
        [append('255', 2), append('255', 3), append('255', 4), append('255', 5)],
        [append('256', 1), append('256', 2)],
      ),
      ...atOnce(
        [read('253', 1, 3, 4), read('255', 2, 3, 4, 5), append('256', 3)],
        [append('255', 8), read('253', 1, 3, 4)],
        [append('256', 4), read('255', 2, 3, 4, 5, 8), read('256', 1, 2, 4), read('253', 1, 3, 4)],
        [read('256', 1, 2, 4, 3)],
      ),
    ])
    expect(kinds(report)).toEqual(['G-single'])
    const [anomaly] = report.anomalies
    expect(new Set(anomaly!.transactions)).toEqual(new Set([3, 4, 5]))
    expect(describeAnomaly(anomaly!)).toContain('T3 read 255 as it was before T4 appended to 255')
  })

  test('write skew is G2-item, which snapshot isolation allows', () => {
    const report = checkListAppend(
      atOnce(
        [read('x'), read('y'), append('x', 1)],
        [read('x'), read('y'), append('y', 2)],
        [read('x', 1), read('y', 2)],
      ),
    )
    expect(kinds(report)).toEqual(['G2-item'])
    expect(report.against('snapshot-isolation')).toEqual([])
    expect(report.against('serializable')).toHaveLength(1)
  })

  test('write skew is found also where nobody read the writes', () => {
    const report = checkListAppend(
      atOnce([read('x'), read('y'), append('x', 1)], [read('x'), read('y'), append('y', 2)]),
    )
    expect(kinds(report)).toEqual(['G2-item'])
  })

  test('a long fork keeps its anti-dependencies apart, so snapshot isolation forbids it', () => {
    const report = checkListAppend(
      atOnce(
        [append('x', 1)],
        [append('y', 1)],
        [read('x', 1), read('y')],
        [read('x'), read('y', 1)],
      ),
    )
    expect(kinds(report)).toEqual(['G-nonadjacent'])
    expect(report.against('snapshot-isolation')).toHaveLength(1)
  })

  test('two updates of one version are a lost update', () => {
    const report = checkListAppend(
      atOnce([read('x'), append('x', 1)], [read('x'), append('x', 2)], [read('x', 1, 2)]),
    )
    expect(kinds(report)).toEqual(['lost-update', 'G-single'])
  })

  test('a read of the past breaks strict serializability only', () => {
    const transactions: ListTransaction[] = [
      { actor: 0, startedAtMs: 0, endedAtMs: 1, outcome: 'ok', steps: [append('x', 1)] },
      { actor: 1, startedAtMs: 2, endedAtMs: 3, outcome: 'ok', steps: [read('x')] },
    ]
    expect(checkListAppend(transactions).anomalies).toEqual([])
    const report = checkListAppend(transactions, { isStrict: true })
    expect(report.anomalies).toMatchObject([{ kind: 'G-single', needs: 'realtime' }])
    expect(report.against('serializable')).toEqual([])
    expect(report.against('strict-serializable')).toHaveLength(1)
  })

  test('a session that does not see its own past needs no clock to be found', () => {
    const report = checkListAppend(
      [append('x', 1), read('x')].map((step, at) => ({
        actor: 0,
        startedAtMs: at,
        endedAtMs: at + 1,
        outcome: 'ok',
        steps: [step],
      })),
      { isStrict: true },
    )
    expect(report.anomalies).toMatchObject([{ kind: 'G-single', needs: 'session' }])
  })

  test('an append whose outcome is unknown may be seen, and may be seen late', () => {
    const [writer, ...readers] = atOnce([append('x', 1)], [read('x')], [read('x', 1)])
    const report = checkListAppend([{ ...writer!, outcome: 'unknown' }, ...readers], {
      isStrict: true,
    })
    expect(report.anomalies).toEqual([])
  })

  test('values that are there twice, or that nobody wrote, and lists that contradict each other', () => {
    expect(kinds(checkListAppend(atOnce([append('x', 1)], [read('x', 1, 1)])))).toContain(
      'repeated-value',
    )
    expect(kinds(checkListAppend(atOnce([read('x', 7)])))).toEqual(['unwritten-value'])
    const contradiction = atOnce(
      [append('x', 1)],
      [append('x', 2)],
      [read('x', 1, 2)],
      [read('x', 2)],
    )
    expect(kinds(checkListAppend(contradiction))).toEqual(['incompatible-order'])
  })

  test('a transaction that does not see its own append is internally inconsistent', () => {
    const report = checkListAppend(atOnce([append('x', 1), read('x')]))
    expect(kinds(report)).toEqual(['internal'])
    expect(report.against('read-committed')).toHaveLength(1)
  })

  test.each([
    ['grows', [read('x', 1), read('x', 1, 2)]],
    ['shrinks', [read('x', 1, 2), read('x', 1)]],
  ])('a list that %s between two reads is what read committed allows', (_how, reads) => {
    const report = checkListAppend(atOnce([append('x', 1)], [append('x', 2)], reads))
    expect(kinds(report)).toEqual(['non-repeatable-read', 'G-single'])
    expect(report.against('read-committed')).toEqual([])
    expect(report.against('snapshot-isolation')).toHaveLength(2)
  })

  test('what a transaction reads again is judged like what it read first', () => {
    const [first, second, reader] = atOnce(
      [append('x', 1)],
      [append('x', 2)],
      [read('x', 1), read('x', 1, 2)],
    )
    const dirty = checkListAppend([first!, aborted(second!), reader!])
    expect(dirty.against('read-committed').map(({ kind }) => kind)).toEqual(['G1a'])
    const between = [append('x', 2), append('x', 3)]
    const reads = [read('x', 1), read('x', 1, 2)]
    const halfway = checkListAppend(atOnce([append('x', 1)], between, reads, [read('x', 1, 2, 3)]))
    expect(halfway.against('read-committed').map(({ kind }) => kind)).toContain('G1b')
    const apart = atOnce([append('x', 1)], [append('x', 2)], [read('x', 1), read('x', 2)])
    expect(kinds(checkListAppend(apart))).toContain('incompatible-order')
  })

  test('who appends to what he read last has not lost what came after his first read', () => {
    const report = checkListAppend(
      atOnce(
        [read('x'), append('x', 1)],
        [read('x'), read('x', 1), append('x', 2)],
        [read('x', 1, 2)],
      ),
    )
    expect(kinds(report)).toEqual(['non-repeatable-read', 'G-single'])
  })

  test('two that read each other are found in the middle of a cycle of many thousands', () => {
    const steps = Array.from({ length: 12_000 }, (_none, at) => [
      ...(at === 0 ? [append('z', 1)] : [read(`x${at - 1}`, 1)]),
      append(`x${at}`, 1),
    ])
    steps[800]!.push(append('a', 1), read('b', 1))
    steps[801]!.push(append('b', 1), read('a', 1))
    const report = checkListAppend(atOnce(...steps, [read('x11999', 1), read('z')]))
    expect(report.against('read-committed')).toMatchObject([
      { kind: 'G1c', transactions: [800, 801], because: '' },
    ])
  })

  test('an append that was lost is found behind any number of readers', () => {
    const serial = [
      append('x', 1),
      ...Array.from({ length: 1_500 }, () => read('x', 1)),
      append('x', 2),
      read('x', 1),
    ].map((step, at): ListTransaction => ({
      actor: at,
      startedAtMs: 2 * at,
      endedAtMs: 2 * at + 1,
      outcome: 'ok',
      steps: [step],
    }))
    const report = checkListAppend(serial, { isStrict: true })
    expect(report.anomalies).toMatchObject([
      { kind: 'G-single', needs: 'realtime', transactions: [1_502, 1_501], key: 'x' },
    ])
    expect(checkListAppend(serial.slice(0, -1), { isStrict: true }).anomalies).toEqual([])
  })

  test('a value appended twice to one key is refused: reads would show no order', () => {
    expect(() => checkListAppend(atOnce([append('x', 1)], [append('x', 1)]))).toThrow(
      expect.objectContaining({ code: 'ETALON_HISTORY_VALUE_REPEATED' }),
    )
  })
})

/** Whether some order of the transactions, one after the other, gives all that was read. */
function isSerializable(transactions: readonly ListTransaction[]): boolean {
  const tryFrom = (
    rest: readonly ListTransaction[],
    state: ReadonlyMap<string, number[]>,
  ): boolean =>
    rest.length === 0 ||
    rest.some((transaction) => {
      const after = replay(transaction, state)
      return (
        after !== undefined &&
        tryFrom(
          rest.filter((other) => other !== transaction),
          after,
        )
      )
    })
  return tryFrom(transactions, new Map())
}

function replay(
  { steps }: ListTransaction,
  state: ReadonlyMap<string, number[]>,
): ReadonlyMap<string, number[]> | undefined {
  const after = new Map(state)
  for (const step of steps) {
    const key = 'append' in step ? step.append : step.read
    const list = after.get(key) ?? []
    if ('append' in step) after.set(key, [...list, step.value])
    else if (step.values.join() !== list.join()) return undefined
  }
  return after
}

const keys = ['x', 'y']

/** Small histories in which everybody saw some beginning of each list, and one read all at the end. */
const histories = fc
  .array(
    fc.record({
      steps: fc.array(
        fc.record({
          key: fc.constantFrom(...keys),
          isAppend: fc.boolean(),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .chain((plans) =>
    fc
      .shuffledSubarray(
        plans.map((_plan, at) => at),
        { minLength: plans.length },
      )
      .map((order) => historyOf(plans, order)),
  )

interface Plan {
  readonly steps: readonly {
    readonly key: string
    readonly isAppend: boolean
    readonly share: number
  }[]
}

function historyOf(plans: readonly Plan[], order: readonly number[]): ListTransaction[] {
  const valueOf = (plan: number, step: number): number => plan * 10 + step
  const listOf = (key: string, without: number): number[] =>
    order.flatMap((plan) =>
      plan === without
        ? []
        : (plans[plan] as Plan).steps.flatMap((step, at) =>
            step.isAppend && step.key === key ? [valueOf(plan, at)] : [],
          ),
    )
  const all = plans.map(({ steps }, plan) => {
    const own = new Map<string, number[]>()
    const seen = new Map<string, number[]>()
    return steps.map((step, at): ListStep => {
      const mine = own.get(step.key) ?? []
      own.set(step.key, mine)
      if (step.isAppend) {
        mine.push(valueOf(plan, at))
        return append(step.key, valueOf(plan, at))
      }
      const list = fullList(step.key)
      const before =
        mine.length > 0 ? list.indexOf(mine[0] as number) : Math.round(step.share * list.length)
      const others =
        seen.get(step.key) ?? list.slice(0, before).filter((value) => !isOf(plan, value))
      seen.set(step.key, others)
      return read(step.key, ...others, ...mine)
    })
  })
  return atOnce(
    ...all,
    keys.map((key) => read(key, ...fullList(key))),
  )

  function fullList(key: string): number[] {
    return listOf(key, -1)
  }
  function isOf(plan: number, value: number): boolean {
    return Math.floor(value / 10) === plan
  }
}

describe('against every order there is', () => {
  test('what some order explains has no anomaly, and what none explains has one', () => {
    let broken = 0
    fc.assert(
      fc.property(histories, (transactions) => {
        const found = checkListAppend(transactions).against('serializable')
        const explained = isSerializable(transactions)
        if (!explained) broken += 1
        expect(found.length === 0, found.map(describeAnomaly).join('\n')).toBe(explained)
      }),
      { numRuns: 3_000, seed: 20 },
    )
    expect(broken).toBeGreaterThan(100)
  })
})
