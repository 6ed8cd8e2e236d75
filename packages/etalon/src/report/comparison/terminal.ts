import pc from 'picocolors'
import type { ComparedFigure, ComparisonRecord } from '../../evidence/comparison-record.ts'
import { formatDuration } from '../../kernel/units.ts'
import {
  byAttention,
  concludeComparison,
  nameUncompared,
  sayVerdict,
  textsOf,
} from './conclusion.ts'

const marks = {
  worse: pc.red('✗'),
  undecided: pc.yellow('?'),
  'not-worse': pc.green('✓'),
  better: pc.green('✓'),
} as const

/** The comparison on a screen. */
export function renderComparisonTerminal(record: ComparisonRecord, directory: string): string {
  const { base, fingerprint, system, roundsDone, seed } = record
  const commit = `${fingerprint.commit.slice(0, 7)}${fingerprint.dirty ? '+' : ''}`
  const facts = [
    `${commit} against ${base.given} (${base.commit.slice(0, 7)})`,
    `${roundsDone} rounds`,
    `seed ${seed}`,
  ]
  return [
    `\n${pc.bold('etalon compare')}   ${system.title}   ${pc.dim(facts.join(' · '))}\n`,
    ...byAttention(record.figures).flatMap(linesOf),
    ...record.uncompared.map(
      (one) => `  ${pc.dim('·')} ${nameUncompared(one)}  ${sideWords[one.side]}: ${one.reason}`,
    ),
    '',
    `  ${concludeComparison(record).finding}   ${formatDuration(record.durationMs)}`,
    `  report  ${directory}/compare.md`,
    '',
  ].join('\n')
}

/** Where a claim gave nothing to compare. */
export const sideWords = {
  subject: 'no figure now',
  base: 'no figure in the base',
  both: 'no figure on either side',
} as const

function linesOf(figure: ComparedFigure): string[] {
  const { base, subject, ratio, interval } = textsOf(figure)
  const measured = `${base} → ${subject}   ${pc.bold(ratio)} ${pc.dim(interval)}`
  const line = `  ${marks[figure.verdict]} ${figure.claim}  ${figure.title}   ${measured}   ${sayVerdict(figure)}`
  const told = [figure.reason, ...figure.doubts.map(({ message }) => message)]
  return [line, ...[...new Set(told)].filter(Boolean).map((text) => `      ${pc.dim('→')} ${text}`)]
}
