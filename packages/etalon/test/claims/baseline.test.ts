import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readBaseline, writeBaseline, type KeptFigure } from '../../src/claims/baseline.ts'
import { keepFigures } from '../../src/claims/keep-figures.ts'
import { openProofs } from '../../src/claims/proof.ts'
import { machineClass } from '../../src/evidence/fingerprint.ts'
import type { ProofRecord } from '../../src/evidence/proof-record.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import type { Estimate } from '../../src/kernel/estimate.ts'
import { meanOf } from '../../src/kernel/statistics/mean.ts'
import type { Unit } from '../../src/kernel/units.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

/** A figure about `centre`, narrow: 60 samples within a percent of it. */
function figure(centre: number, unit: Unit = 'ms'): Estimate {
  const samples = Array.from({ length: 60 }, (_, index) => centre * (1 + ((index % 7) - 3) / 300))
  return meanOf(samples, { unit })
}

function proofOf(prove: (proofs: ReturnType<typeof openProofs>) => void): ProofRecord {
  const records: ProofRecord[] = []
  const record = (_kind: string, facts: unknown): void => void records.push(facts as ProofRecord)
  prove(openProofs({ record }))
  return records[0] as ProofRecord
}

describe('a figure held against another', () => {
  const against = (subject: Estimate, reference: Estimate | undefined): ProofRecord =>
    proofOf(({ prove }) => prove('it', subject).isNotWorseThan(reference, { tolerance: 0.25 }))

  test.each([
    [figure(120), figure(100), 'upheld', '1.2 ×'],
    [figure(130), figure(100), 'refuted', '1.3 ×'],
    [figure(125), figure(100), 'inconclusive', '1.25 ×'],
    [figure(50), figure(100), 'upheld', '0.5 ×'],
    [figure(70, 'Hz'), figure(100, 'Hz'), 'refuted', '1.43 ×'],
    [figure(130, 'Hz'), figure(100, 'Hz'), 'upheld', '0.769 ×'],
    [figure(130, 'bytes'), figure(100, 'bytes'), 'refuted', '1.3 ×'],
  ])('%#: is judged by the interval of the ratio', (subject, reference, verdict, ratio) => {
    const proof = against(subject, reference)
    expect(proof).toMatchObject({ verdict, figure: ratio, bound: { bound: 1.25 } })
    expect(proof.counterexample === undefined).toBe(verdict !== 'refuted')
  })

  test('one of another run is a time of its own, one of the same run is not', () => {
    const kept = { ...figure(100), run: 'earlier' }
    const ofRun = proofOf(({ prove }) =>
      prove('it', figure(130)).isNotWorseThan(kept, { tolerance: 0.25 }),
    )
    expect(ofRun).toMatchObject({ verdict: 'refuted', unit: 'ms', estimate: { unit: 'ratio' } })
    expect(against(figure(130), figure(100)).unit).toBeUndefined()
  })

  test('without another it is open, and says what is missing', () => {
    expect(against(figure(100), undefined)).toMatchObject({
      verdict: 'inconclusive',
      figure: '100 ms',
      reason: expect.stringContaining('etalon baseline keep'),
    })
  })

  test('shares, other units and bare numbers are refused', () => {
    expect(() => against(figure(0.9, 'share'), figure(0.8, 'share'))).toThrow('found share')
    expect(() => against(figure(1, 's'), figure(1_000, 'ms'))).toThrow('found s and ms')
    expect(() =>
      proofOf(({ prove }) => prove('it', 5).isNotWorseThan(figure(5), { tolerance: 0.1 })),
    ).toThrow('no interval')
  })
})

const proof = (value: number, changes: Partial<ProofRecord> = {}): ProofRecord => {
  return {
    title: 'P95',
    verdict: 'upheld',
    figure: `${value} ms`,
    target: '< 1 s',
    estimate: {
      value,
      low: value * 0.98,
      high: value * 1.02,
      unit: 'ms',
      confidence: 0.9,
      samples: 200,
      method: 'test',
    },
    doubts: [],
    ...changes,
  }
}

function runOf(
  proofs: readonly ProofRecord[],
  changes: object = {},
  outcome: object = {},
): RunRecord {
  const claim = { claim: 'A-1', system: 'shop', isolation: 'quiet', ...outcome }
  return {
    id: 'run-1',
    state: 'finished',
    planned: [claim],
    outcomes: [{ verdict: 'upheld', doubts: [], proofs, ...claim }],
    fingerprint: {
      commit: 'c0ffee',
      dirty: false,
      machineClass: 'm1',
      cores: 2,
      cpu: 'Example CPU',
      memoryBytes: 8 * 2 ** 30,
      platform: 'linux 6.1 x64',
    },
    ...changes,
  } as unknown as RunRecord
}

const keep = (
  record: RunRecord,
  before = {},
  replace: readonly string[] = [],
): ReturnType<typeof keepFigures> =>
  keepFigures(before, { record, system: 'shop', replace, reason: 'a new index' })
const kept = (result: ReturnType<typeof keepFigures>): KeptFigure =>
  result.baseline['m1']?.figures['A-1']?.['P95'] as KeptFigure

describe('keeping the figures of a run', () => {
  test('keeps the figure with its interval, its run and its machine in words', () => {
    const result = keep(
      runOf([proof(100), proof(3, { title: 'count', estimate: undefined as never })]),
    )
    expect(kept(result)).toMatchObject({
      value: 100,
      low: 98,
      high: 102,
      run: 'run-1',
      commit: 'c0ffee',
    })
    expect(result.baseline['m1']?.machine).toBe('2 × Example CPU, 8 GiB, linux x64')
    expect(result.figures).toMatchObject([{ fate: 'kept' }])
  })

  test.each([
    [{ state: 'interrupted' }, {}, 'it is interrupted'],
    [{}, { verdict: 'refuted' }, 'A-1 is refuted'],
    [{}, { verdict: 'inconclusive' }, 'A-1 is inconclusive'],
    [{ planned: [] }, {}, 'no claim'],
    [{ outcomes: [] }, {}, 'A-1 was never judged'],
  ])('refuses a run that is not wholly upheld: %j %j', (changes, outcome, problem) => {
    expect(() => keep(runOf([proof(100)], changes, outcome))).toThrow(problem)
  })

  test.each([
    [proof(100), { isolation: 'shared' }, 'beside other claims'],
    [proof(100), { doubts: [{ kind: 'busy-machine', message: 'was busy' }] }, 'was busy'],
    [proof(100, { doubts: [{ kind: 'outliers', message: 'far out' }] }), {}, 'far out'],
    [proof(100, { estimate: { ...proof(1).estimate!, high: null } }), {}, 'no bound'],
  ])('passes over a figure that deserves less trust (%#)', (measured, outcome, why) => {
    const result = keep(runOf([measured], {}, outcome))
    expect(result.figures).toMatchObject([{ fate: 'passed over' }])
    expect(result.figures[0]?.detail).toContain(why)
    expect(kept(result)).toBeUndefined()
  })

  test('a slow drift within the tolerance never moves what stands', () => {
    let baseline = keep(runOf([proof(100)])).baseline
    for (const value of [110, 121, 133, 146]) {
      const result = keep(runOf([proof(value)]), baseline)
      expect(result.figures).toMatchObject([{ fate: 'unchanged' }])
      baseline = result.baseline
    }
    expect(baseline['m1']?.figures['A-1']?.['P95']?.value).toBe(100)
  })

  test('a figure moves when it is named, and the older one stays with the reason', () => {
    const first = keep(runOf([proof(100)])).baseline
    const second = keep(runOf([proof(140)]), first, ['A-1'])
    expect(second.figures).toMatchObject([
      { fate: 'replaced', detail: '1.40 × of what stands [1.36, 1.44]' },
    ])
    const third = keep(runOf([proof(90)]), second.baseline, ['A-1'])
    expect(kept(third)).toMatchObject({
      value: 90,
      replaced: [
        { value: 140, reason: 'a new index' },
        { value: 100, run: 'run-1' },
      ],
    })
  })

  test('another kind of machine has figures of its own', () => {
    const first = keep(runOf([proof(100)])).baseline
    const other = runOf([proof(300)])
    const record = { ...other, fingerprint: { ...other.fingerprint, machineClass: 'm2' } }
    const { baseline } = keep(record, first)
    expect(Object.keys(baseline)).toEqual(['m1', 'm2'])
    expect(baseline['m1']?.figures['A-1']?.['P95']?.value).toBe(100)
  })
})

describe('a claim with a baseline', () => {
  const claims = `import { claim } from 'etalon'
claim('A-1', async ({ timing, baseline, prove }) => {
  const timed = await timing.repeat({ iterations: 60 }, () => new Promise(setImmediate))
  prove('P95 now', timed.quantile(0.95)).isNotWorseThan(baseline('P95'), { tolerance: 0.25 })
})
`
  let system: ScratchSystem
  afterEach(() => system.remove())

  test('holds against what the file says of this kind of machine, and of no other', async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf('A-1'),
      'claims/a.claim.ts': claims,
    })
    const verdict = async (): Promise<string | undefined> =>
      (await system.verify()).outcomes[0]?.verdict
    const { baseline } = keep(runOf([proof(1e-9)]))
    const [figures] = Object.values(baseline)
    writeBaseline(system.directory, { other: figures! })
    expect(await verdict()).toBe('inconclusive')
    writeBaseline(system.directory, { [machineClass()]: figures! })
    expect(await verdict()).toBe('refuted')
    const slow = Object.values(keep(runOf([proof(60_000)])).baseline)[0]!
    writeBaseline(system.directory, { [machineClass()]: slow })
    expect(await verdict()).toBe('upheld')
  })

  test('a file that cannot be read is told by name', () => {
    system = scratchSystem()
    writeFileSync(join(system.directory, 'baseline.json'), '{')
    expect(() => readBaseline(system.directory)).toThrow('baseline.json cannot be read')
    writeBaseline(system.directory, {})
    expect(readFileSync(join(system.directory, 'baseline.json'), 'utf8')).toBe('{}\n')
  })
})
