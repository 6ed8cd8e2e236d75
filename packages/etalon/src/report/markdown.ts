import type { Conviction, RunRecord } from '../evidence/run-record.ts'
import { formatDuration } from '../kernel/units.ts'
import { concludeRun } from './conclusion.ts'
import { readDocument, type DocumentBlock, type RequirementsBlock } from './document.ts'
import { lineStateOrder, lineStates, type LineState } from './line-state.ts'
import { renderFindings } from './markdown-finding.ts'
import { codeMarkdown, escapeMarkdown, foldMarkdown } from './markdown-text.ts'
import type { RequirementView } from './requirement-view.ts'
import { convictionsOf, viewOf, type RunView, type SystemView } from './run-view.ts'

// What is upheld stays quiet, so that the rest stands out in a long table.
const marks: Readonly<Record<LineState, string>> = {
  upheld: '✓ upheld',
  refuted: '❌ **refuted**',
  inconclusive: '❔ **inconclusive**',
  pending: '… pending',
  unclaimed: '○ without a claim',
  'not-run': '· not run',
}

/**
 * Writes `report.md`: the conclusion, the author's document with what was found beside every
 * requirement, then each line that is not upheld with what refutes it and how to see it again.
 */
export function renderMarkdown(record: RunRecord, directory: string): string {
  const view = viewOf(record)
  return [
    conclusionOf(view),
    ...view.systems.map((system) => documentOf(system, directory)),
    renderFindings(view),
    defectsOf(view),
    circumstancesOf(record),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function conclusionOf(view: RunView): string {
  const { verdict, finding, notes } = concludeRun(view)
  const shown = lineStateOrder.filter((state) => view.counts[state] > 0)
  return [
    `# ${marks[verdict].split(' ')[0]} ${finding}`,
    notes.join('\n'),
    table(
      shown.map((state) => lineStates[state]),
      [shown.map((state) => String(view.counts[state]))],
    ),
    ...view.record.problems.map((problem) => `> **Problem:** ${escapeMarkdown(problem)}`),
    '---',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function documentOf({ system, requirements }: SystemView, directory: string): string {
  const lines = new Map(requirements.map((view) => [view.requirement.id, view]))
  return readDocument(system, directory)
    .blocks.map((block) => blockOf(block, lines))
    .join('\n\n')
}

function blockOf(block: DocumentBlock, lines: ReadonlyMap<string, RequirementView>): string {
  return block.kind === 'requirements' ? requirementsTable(block, lines) : block.source
}

function requirementsTable(
  { columns, rows }: RequirementsBlock,
  lines: ReadonlyMap<string, RequirementView>,
): string {
  return table(
    [...columns, 'verdict', 'measured'],
    rows.map(({ id, cells }) => {
      const view = lines.get(id)
      const written = columns.map((_, index) => cells[index] ?? '')
      return [...written, ...(view ? [verdictCell(view), measuredCell(view)] : ['', ''])]
    }),
  )
}

function verdictCell({ state, requirement }: RequirementView): string {
  const told = state === 'refuted' || state === 'inconclusive'
  return told ? `[${marks[state]}](#${requirement.id.toLowerCase()})` : marks[state]
}

function measuredCell({ state, figure, interval, doubts }: RequirementView): string {
  const telling = figure !== '' && (interval !== '' || state !== 'upheld')
  const shown = telling ? `**${escapeMarkdown(figure)}**` : escapeMarkdown(figure)
  const doubtful = doubts.length > 0 ? '(doubtful)' : ''
  return [shown, escapeMarkdown(interval), doubtful].filter(Boolean).join(' ')
}

function defectsOf({ record, undefended, escaped }: RunView): string {
  if (record.defects.length === 0) return ''
  const rows = convictionsOf(record).map(({ defect, conviction }) => [
    escapeMarkdown(conviction.claim),
    escapeMarkdown(defect.title),
    codeMarkdown(defect.plant),
    outcomeOf(conviction),
  ])
  const head = ['claim', 'defect', 'planted as', 'outcome']
  const convicted = rows.slice(escaped.length)
  const bare = undefended.map(({ claim, title }) => `- ${claim}: ${escapeMarkdown(title)}`)
  return [
    '## Planted defects',
    `${convicted.length} of ${rows.length} were convicted by the claim that must find them.`,
    escaped.length > 0 ? table(head, rows.slice(0, escaped.length)) : '',
    bare.length > 0 ? `No defect names these claims:\n\n${bare.join('\n')}` : '',
    convicted.length > 0 ? foldMarkdown('Convicted', table(head, convicted)) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function outcomeOf({ verdict, reason }: Conviction): string {
  if (verdict === 'refuted') return '✓ convicted'
  const why = reason === undefined ? '' : `: ${escapeMarkdown(reason)}`
  return `❌ **escaped**, the claim was ${verdict}${why}`
}

function circumstancesOf(record: RunRecord): string {
  const { fingerprint, services, seed, command, startedAt, durationMs } = record
  const facts: readonly [string, string][] = [
    ['command', codeMarkdown(command)],
    ['seed', codeMarkdown(seed)],
    ['started', `${startedAt}, ${formatDuration(durationMs)}`],
    ['commit', `${codeMarkdown(fingerprint.commit)}${fingerprint.dirty ? ' with changes' : ''}`],
    ...services.map(({ name, version, origin }): [string, string] => [
      name,
      escapeMarkdown(`${version}, ${origin}`),
    ]),
    ['machine', escapeMarkdown(`${fingerprint.cores} × ${fingerprint.cpu}`)],
    ['platform', escapeMarkdown(`${fingerprint.platform}, Node.js ${fingerprint.node}`)],
    ['load at the start', fingerprint.loadAverage.toFixed(2)],
    ['etalon', record.etalonVersion],
  ]
  return `## Circumstances of the run\n\n${table(['', ''], facts)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}
