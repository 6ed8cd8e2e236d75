import type {
  ComparedFigure,
  ComparedVerdict,
  ComparisonRecord,
  UncomparedClaim,
} from '../../evidence/comparison-record.ts'
import { exitCode, type ExitCode } from '../../kernel/exit-code.ts'
import { formatQuantity, type Unit } from '../../kernel/units.ts'
import { counted } from '../counted.ts'

/** What a comparison comes to, in words and as the exit status of `etalon compare`. */
export interface ComparisonConclusion {
  readonly exitCode: ExitCode
  /** One sentence without a full stop. */
  readonly finding: string
}

/**
 * Concludes a comparison: one figure that is worse refutes that nothing became worse. Where a claim
 * of the working tree gave nothing, or a figure is undecided, or none was compared, it cannot tell.
 */
export function concludeComparison(record: ComparisonRecord): ComparisonConclusion {
  const { figures, uncompared, tolerance, base } = record
  const worse = figures.filter(({ verdict }) => verdict === 'worse')
  const undecided = figures.filter(({ verdict }) => verdict === 'undecided')
  const silent = uncompared.filter(({ side }) => side !== 'base')
  const all = counted(figures.length, 'figure')
  const against = `than ${base.given} by more than ${formatQuantity(tolerance, 'share')}`
  if (record.state === 'interrupted') {
    const rounds = `${record.roundsDone} of ${counted(record.roundsPlanned, 'round')}`
    return { exitCode: exitCode.interrupted, finding: `Interrupted after ${rounds}` }
  }
  if (worse.length > 0) {
    return { exitCode: exitCode.refuted, finding: `${worse.length} of ${all} worse ${against}` }
  }
  if (figures.length === 0) {
    return { exitCode: exitCode.inconclusive, finding: 'No figure could be compared' }
  }
  if (undecided.length > 0) {
    const finding = `Nothing is shown worse, but ${undecided.length} of ${all} could not be decided`
    return { exitCode: exitCode.inconclusive, finding }
  }
  if (silent.length > 0) {
    const some = silent.some(({ title }) => title !== undefined)
    const claims = some
      ? counted(silent.length, 'claim or figure', 'claims or figures')
      : counted(silent.length, 'claim')
    const finding = `Nothing is shown worse, but ${claims} gave nothing to compare`
    return { exitCode: exitCode.inconclusive, finding }
  }
  return { exitCode: exitCode.upheld, finding: `None of ${all} is worse ${against}` }
}

/** Names what was not compared: a claim, or one of its figures. */
export function nameUncompared({ claim, title }: UncomparedClaim): string {
  return title === undefined ? claim : `${claim}, ${title}`
}

/** A verdict as a reader says it of what was measured: slower, larger, … */
export function sayVerdict({ verdict, unit }: ComparedFigure): string {
  return (unit === 'bytes' ? sizeWords : speedWords)[verdict]
}

const speedWords: Readonly<Record<ComparedVerdict, string>> = {
  worse: 'slower',
  better: 'faster',
  'not-worse': 'no difference shown beyond the tolerance',
  undecided: 'undecided',
}

const sizeWords: Readonly<Record<ComparedVerdict, string>> = {
  ...speedWords,
  worse: 'larger',
  better: 'smaller',
}

/** What a figure shows beside its verdict. */
export interface ComparedTexts {
  readonly base: string
  readonly subject: string
  readonly ratio: string
  readonly interval: string
}

/** Medians of the rounds on both sides, and the ratio with its interval. */
export function textsOf({ rounds, unit, ratio }: ComparedFigure): ComparedTexts {
  const bound = (value: number | null, open: number): string =>
    formatQuantity(value ?? open, 'ratio')
  return {
    base: median(
      rounds.map(({ base }) => base),
      unit,
    ),
    subject: median(
      rounds.map(({ subject }) => subject),
      unit,
    ),
    ratio: formatQuantity(ratio.value, 'ratio'),
    interval: `[${bound(ratio.low, 0)}, ${bound(ratio.high, Number.POSITIVE_INFINITY)}]`,
  }
}

/** What needs attention first. */
export function byAttention(figures: readonly ComparedFigure[]): ComparedFigure[] {
  const order: readonly ComparedVerdict[] = ['worse', 'undecided', 'not-worse', 'better']
  return figures.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
}

function median(values: readonly number[], unit: Unit): string {
  const sorted = values.toSorted((a, b) => a - b)
  return formatQuantity(sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN, unit)
}
