import type { EstimateRecord, ProofRecord } from '../../evidence/proof-record.ts'
import type { Doubt } from '../../kernel/doubt.ts'
import { formatTarget, type Target } from '../../kernel/judge.ts'
import { formatQuantity, type Unit } from '../../kernel/units.ts'
import type { Verdict } from '../../kernel/verdict.ts'

/** What the claim of one requirement is made to find. */
export interface Finding {
  readonly verdict: Verdict
  readonly reason?: string
  readonly proofs: readonly ProofRecord[]
  readonly doubts?: readonly Doubt[]
}

const method = 'order statistics, binomial bounds'

/** The requirements of the licence document whose claims find something worth telling. */
export const findings: Readonly<Record<string, Finding>> = {
  'LFA-R-08': refuted(
    value('attendance XP of a hybrid session', '330', '340', {
      request: { method: 'POST', path: '/api/v1/attendance', body: { rating: 9, quiz: 90 } },
      expected: { base: 50, rating: 90, quiz: 150, xp: 290 },
      found: { status: 201, xp: 330 },
    }),
  ),
  'LFA-CRD-05': refuted(
    value('licences whose balance differs from their transactions', '2', 'none', [
      { license: 4_411, credit_balance: 300, verified: 200, transactions: [100, 100] },
      { license: 4_902, credit_balance: 0, verified: -100, transactions: [100, -100, -100] },
    ]),
    upheld('licences compared', '10,000', '10,000'),
  ),
  'LFA-T-21': refuted(
    value('spends that succeeded', '2', '1', {
      history: [
        { actor: 0, call: 'POST /internship/credits/spend', amount: 100, status: 200, atMs: 12.1 },
        { actor: 1, call: 'POST /internship/credits/spend', amount: 100, status: 200, atMs: 12.4 },
      ],
      balance: -100,
    }),
  ),
  'LFA-PERF-06': refuted(
    measured(
      'P95 of every answer',
      { kind: 'below', bound: 100 },
      [138.2, 131.4, 146.9, 'ms'],
      4_180,
    ),
    measured(
      'answers without an error',
      { kind: 'at-least', bound: 0.9990000000000001 },
      [1, 0.99912, 1, 'share'],
      4_180,
    ),
  ),
  'LFA-PERF-01': both(
    'P95 of one query',
    { kind: 'below', bound: 1 },
    [0.214, 0.209, 0.226, 'ms'],
    1_000,
  ),
  'LFA-PERF-03': both(
    'P95 of a change of skills',
    { kind: 'below', bound: 10 },
    [1.92, 1.71, 2.3, 'ms'],
    400,
  ),
  'LFA-PERF-04': both(
    'P95 of an addition',
    { kind: 'below', bound: 50 },
    [3.11, 2.87, 3.6, 'ms'],
    600,
  ),
  'LFA-PERF-07': open(
    'about 1,995 more samples would decide',
    measured(
      'requests answered',
      { kind: 'at-least', bound: 0.9990000000000001 },
      [1, 0.9963, 1, 'share'],
      1_000,
    ),
  ),
  'LFA-PERF-08': refuted(
    measured('gain over one table', { kind: 'above', bound: 5 }, [0.94, 0.91, 0.98, 'ratio'], 60, [
      { kind: 'outliers', message: '3 of 60 rounds took more than twice the median' },
    ]),
  ),
  'LFA-PERF-09': both(
    'P95 in the storm',
    { kind: 'below', bound: 500 },
    [211.4, 196, 243.8, 'ms'],
    12_400,
  ),
  'LFA-PERF-10': {
    ...open(
      'about 640 more samples would decide',
      measured('P95 under contention', { kind: 'below', bound: 200 }, [188, 171, 214, 'ms'], 2_114),
    ),
    doubts: [
      {
        kind: 'busy-machine',
        message: 'other work kept the processors 31 % busy; measure again on a quiet machine',
      },
    ],
  },
  'LFA-PERF-11': both(
    'answers a second',
    { kind: 'at-least', bound: 200 },
    [412, 398, null, 'Hz'],
    8_230,
  ),
  'LFA-PERF-12': open(
    'other work kept the processors 96 % busy; measure again on a quiet machine',
    measured('P95 of the unified view', { kind: 'below', bound: 10 }, [4.4, 3.9, 5.2, 'ms'], 500, [
      {
        kind: 'overloaded-machine',
        message: 'other work kept the processors 96 % busy; measure again on a quiet machine',
      },
    ]),
  ),
  'LFA-T-23': both('P95 of a write', { kind: 'below', bound: 5 }, [1.31, 1.22, 1.44, 'ms'], 2_000),
  'LFA-HLT-04': { verdict: 'inconclusive', reason: 'timed out after 60 s', proofs: [] },
  'LFA-UI-10': {
    verdict: 'inconclusive',
    reason: "the claim threw: no element matches role=row[name='desync repair']",
    proofs: [upheld('rows of the payment queue', '3', '3')],
  },
}

/** A value proof that holds. */
export function upheld(title: string, figure: string, target: string): ProofRecord {
  return { title, verdict: 'upheld', figure, target, doubts: [] }
}

function value(
  title: string,
  figure: string,
  target: string,
  counterexample: unknown,
): ProofRecord {
  return { title, verdict: 'refuted', figure, target, doubts: [], counterexample }
}

function measured(
  title: string,
  bound: Target,
  [value, low, high, unit]: readonly [number, number | null, number | null, Unit],
  ...[samples, doubts = []]: readonly [samples: number, doubts?: readonly Doubt[]]
): ProofRecord {
  const estimate: EstimateRecord = { value, low, high, unit, samples, confidence: 0.95, method }
  const figure = formatQuantity(value, unit)
  const target = formatTarget(bound, unit)
  return { title, verdict: 'upheld', figure, target, bound, estimate, doubts }
}

function refuted(first: ProofRecord, ...others: readonly ProofRecord[]): Finding {
  const counterexample = first.counterexample ?? { found: first.figure, target: first.target }
  return {
    verdict: 'refuted',
    reason: `${first.title}: expected ${first.target}, found ${first.figure}`,
    proofs: [{ ...first, verdict: 'refuted', counterexample }, ...others],
  }
}

function open(reason: string, proof: ProofRecord): Finding {
  return {
    verdict: 'inconclusive',
    reason: `${proof.title}: ${reason}`,
    proofs: [{ ...proof, verdict: 'inconclusive', reason }],
  }
}

function both(...facts: Parameters<typeof measured>): Finding {
  return {
    verdict: 'upheld',
    proofs: [measured(...facts), upheld('requests failed', 'none', 'none')],
  }
}
