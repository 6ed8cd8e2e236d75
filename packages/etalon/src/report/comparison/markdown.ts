import type { ComparedFigure, ComparisonRecord } from '../../evidence/comparison-record.ts'
import { formatDuration, formatQuantity } from '../../kernel/units.ts'
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts'
import {
  byAttention,
  concludeComparison,
  nameUncompared,
  sayVerdict,
  textsOf,
} from './conclusion.ts'
import { sideWords } from './terminal.ts'

const marks = { worse: '❌', undecided: '❔', 'not-worse': '✓', better: '✓' } as const

/** Writes `compare.md`: the finding, a row for each figure, then what the rounds were. */
export function renderComparisonMarkdown(record: ComparisonRecord): string {
  const { fingerprint, base, tolerance, roundsDone, roundsPlanned, seed } = record
  const commit = `${codeMarkdown(fingerprint.commit)}${fingerprint.dirty ? ' with changes' : ''}`
  const facts: readonly [string, string][] = [
    ['compared', `${commit} against ${codeMarkdown(base.given)}, ${codeMarkdown(base.commit)}`],
    ['rounds', `${roundsDone} of ${roundsPlanned}, in ${formatDuration(record.durationMs)}`],
    ['tolerance', formatQuantity(tolerance, 'share')],
    ['command', codeMarkdown(record.command)],
    ['seed', codeMarkdown(seed)],
    ['machine', escapeMarkdown(`${fingerprint.cores} × ${fingerprint.cpu}`)],
  ]
  return [
    `# ${escapeMarkdown(concludeComparison(record).finding)}`,
    figuresOf(byAttention(record.figures)),
    notesOf(record),
    table(['', ''], facts),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function figuresOf(figures: readonly ComparedFigure[]): string {
  if (figures.length === 0) return ''
  const head = ['claim', 'figure', 'base', 'now', 'ratio', 'interval', 'verdict']
  const rows = figures.map((figure) => {
    const { base, subject, ratio, interval } = textsOf(figure)
    const verdict = `${marks[figure.verdict]} ${sayVerdict(figure)}`
    return [figure.claim, figure.title, base, subject, ratio, interval, verdict].map(escapeMarkdown)
  })
  return table(head, rows)
}

function notesOf({ figures, uncompared }: ComparisonRecord): string {
  const open = figures
    .filter(({ reason }) => reason !== undefined)
    .map(({ claim, title, reason }) => `${claim}, ${title}: ${reason}`)
  const silent = uncompared.map(
    (one) => `${nameUncompared(one)}: ${sideWords[one.side]}; ${one.reason}`,
  )
  const doubts = figures.flatMap(({ claim, doubts }) =>
    doubts.map(({ message }) => `${claim}: ${message}`),
  )
  return [...new Set([...open, ...silent, ...doubts])]
    .map((text) => `- ${escapeMarkdown(text)}`)
    .join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}
