import pc from 'picocolors'
import type { RunRecord } from '../evidence/run-record.ts'
import { formatDuration } from '../kernel/units.ts'
import { visible } from '../kernel/visible.ts'
import { stateNotes } from './conclusion.ts'
import { counted } from './counted.ts'
import { lineStates, type LineCounts, type LineState } from './line-state.ts'
import type { RequirementView } from './requirement-view.ts'
import { viewOf, type RunView, type SystemView } from './run-view.ts'

/** What the terminal shall show. */
export interface TerminalOptions {
  /** Every line of the document; else what is not upheld and what was measured. */
  readonly all: boolean
  /** Where the reports are. */
  readonly directory: string
}

const marks: Readonly<Record<LineState, string>> = {
  upheld: pc.green('✓'),
  refuted: pc.red('✗'),
  inconclusive: pc.yellow('?'),
  pending: pc.dim('…'),
  unclaimed: pc.dim('·'),
  'not-run': pc.dim('·'),
}

const linesMax = 24

/** The summary of a run: fits a screen, can be pasted into a review. */
export function renderTerminal(record: RunRecord, options: TerminalOptions): string {
  const view = viewOf(record)
  return [
    headOf(record),
    ...view.systems.flatMap((system) => systemLines(system, options)),
    ...defectLines(view),
    ...stateNotes(record).map((note) => `  ${pc.yellow('!')} ${note}`),
    ...record.problems.map((problem) => `  ${pc.yellow('!')} ${visible(problem)}`),
    '',
    `  ${countsOf(view.counts)}   ${formatDuration(record.durationMs)}`,
    `  report  ${options.directory}/report.html`,
    '',
  ].join('\n')
}

/** A requirement in one line, with why it is not upheld below. */
function renderLine(view: RequirementView): string {
  const { requirement, state, interval } = view
  const [figure, target, reason] = [
    visible(view.figure),
    visible(view.target),
    visible(view.reason),
  ]
  const reported = requirement.reported ? pc.dim(`reported ${visible(requirement.reported)}`) : ''
  const measured = [pc.bold(figure), pc.dim(interval), target && pc.dim(target), reported]
    .filter(Boolean)
    .join('   ')
  const id = requirement.id.padEnd(14)
  const why = reason === '' ? '' : `\n      ${pc.dim('→')} ${reason}`
  return `  ${marks[state]} ${id} ${clipped(visible(requirement.text), 56)}  ${measured}${why}`
}

function headOf(record: RunRecord): string {
  const { fingerprint, services, seed } = record
  const facts = [
    ...services.map(({ name, version }) => `${name} ${version}`),
    `${fingerprint.cores} cores`,
    `commit ${fingerprint.commit.slice(0, 7)}${fingerprint.dirty ? '+' : ''}`,
    `seed ${seed}`,
  ]
  return `\n${pc.bold('etalon verify')}   ${pc.dim(facts.join(' · '))}`
}

function systemLines(system: SystemView, options: TerminalOptions): string[] {
  const shown = options.all ? system.requirements : system.requirements.filter(isTelling)
  const cut = options.all ? shown : shown.slice(0, linesMax)
  const lines = [`\n${pc.bold(system.system.title)}   ${countsOf(system.counts)}`]
  let section = ''
  for (const view of cut) {
    const heading = view.requirement.section.at(-1) ?? ''
    if (heading !== section) lines.push(`\n  ${pc.underline(heading)}`)
    section = heading
    lines.push(renderLine(view))
    const outcome = view.outcomes.find(({ verdict }) => verdict === view.state)
    if (outcome && view.state !== 'upheld') lines.push(`      ${pc.dim(`npx ${outcome.replay}`)}`)
  }
  const hidden = shown.length - cut.length
  if (hidden > 0) lines.push(`  ${pc.dim(`… and ${hidden} more: --all shows every line`)}`)
  return lines
}

/** What a reader wants to see first: whatever is not upheld, and figures that were measured. */
function isTelling({ state, interval, outcomes }: RequirementView): boolean {
  if (state === 'unclaimed') return false
  if (state === 'not-run') return outcomes.length > 0
  return state !== 'upheld' || interval !== ''
}

const paints = {
  upheld: pc.green,
  refuted: pc.red,
  inconclusive: pc.yellow,
  pending: pc.dim,
  unclaimed: pc.dim,
  'not-run': pc.dim,
} as const satisfies Record<LineState, (text: string) => string>

function countsOf(counts: LineCounts): string {
  return Object.entries(paints)
    .map(([state, paint]) => ({ state: state as LineState, paint }))
    .filter(({ state }) => counts[state] > 0)
    .map(({ state, paint }) => paint(`${counts[state]} ${lineStates[state]}`))
    .join('   ')
}

function defectLines(view: RunView): string[] {
  const { defects } = view.record
  if (defects.length === 0) return []
  const convictions = defects.flatMap((defect) => defect.convictions)
  const caught = convictions.filter(({ verdict }) => verdict === 'refuted').length
  const lines = [
    `\n${pc.bold('Defects')}   ${caught} of ${counted(convictions.length, 'conviction')} by ` +
      counted(defects.length, 'planted defect'),
  ]
  for (const { defect, claim } of view.escaped) {
    lines.push(`  ${pc.red('escaped')}  ${claim}  ${defect.title}`)
  }
  for (const { claim } of view.undefended) {
    lines.push(`  ${pc.yellow('no defect')}  ${claim}`)
  }
  return lines
}

function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text.padEnd(length)
}
