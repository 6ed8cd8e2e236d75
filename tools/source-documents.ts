// Writes docs/source-documents.md from runs: what each completion report said in figures, what it
// asked for, and what was measured.
//
//   node tools/source-documents.ts [run folder…]        the last run unless told otherwise
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonReport, JsonRequirement } from '../packages/etalon/src/report/json-report.ts'

const folders = process.argv.slice(2)
if (folders.length === 0) folders.push('.etalon/runs/latest')

/** The documents by the system that they are about, with what each said of itself. */
const documents: Readonly<Record<string, readonly string[]>> = {
  'lfa-licenses': [
    '"Phase 4: Integration & Testing": complete, 19 of 19, 23 of 23 expected, production-ready',
    '"P2 Backend Workflow Tests": 6 of 6, 100 % success, ready for production',
  ],
  'jeex-idea': [
    '"Phase 4: Integration and Testing": requirements compliance 100 %, production readiness validated',
  ],
}

const reports = folders.map(
  (folder) => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as JsonReport,
)

function sectionsOf(report: JsonReport): string[] {
  return report.systems.map((system) => {
    const { totals } = system
    const judged = [
      `${totals.upheld} upheld`,
      `${totals.refuted} refuted`,
      `${totals.inconclusive} inconclusive`,
      `${totals.unclaimed + totals['not-run'] + totals.pending} without a verdict`,
    ].join(', ')
    const rows = system.requirements.filter(isFigure).map(rowOf)
    return [
      `## ${system.title}`,
      '',
      ...(documents[system.name] ?? []).map((said) => `- ${said}.`),
      `- Here: ${judged}, of ${system.requirements.length} requirements.`,
      '',
      '| requirement | reported | asked for | measured | |',
      '|---|---|---|---|---|',
      ...rows,
      '',
      runOf(report),
      '',
    ].join('\n')
  })
}

/** Whether the document told a figure for it, and not only that it is complete. */
function isFigure({ reported }: JsonRequirement): boolean {
  return reported !== null && /\d/.test(reported)
}

function rowOf({ id, text, reported, target, figure, state }: JsonRequirement): string {
  const cells = [`${id}: ${text}`, reported ?? '', target ?? '', figure ?? '-', state]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function runOf({ run }: JsonReport): string {
  const { commit, dirty, cores } = run.fingerprint
  const services = run.services.map(({ name, version }) => `${name} ${version}`).join(', ')
  return `\`${run.command}\` on ${run.startedAt.slice(0, 10)}: ${services}, ${cores} cores, commit ${commit.slice(0, 7)}${dirty ? '+' : ''}, seed ${run.seed}.`
}

const text = `# What the documents said, and what was measured

Each system here was described by documents that report its integration testing as complete. These
are the lines for which they told a figure, with what they asked for and what Etalon measured. The
lines without a figure are in the systems' requirements documents and in the report of a run.

${reports.flatMap(sectionsOf).join('\n')}
Written by \`node tools/source-documents.ts\` from the last run.
`

writeFileSync('docs/source-documents.md', text)
console.log(`docs/source-documents.md: ${text.split('\n').length} lines`)
