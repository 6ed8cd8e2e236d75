// Writes docs/source-documents.md from runs: what each completion report said in figures, what it
// asked for, and what was measured.
//
//   node tools/source-documents.ts [run folder…]        the last run unless told otherwise; of several
//                                                       the last that judged a line tells it
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
  tickstock: [
    '"Sprint 14 Phase 3 Integration Testing": targets, and a checklist of 35 items without a tick',
  ],
  'character-observatory': [
    '"Phase 1: Week 6": integration testing complete, all performance targets exceeded, 99.8 % of messages delivered',
  ],
}

const reports = folders.map(
  (folder) => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as JsonReport,
)

/** A system with each requirement as the last of the runs found it that judged it. */
interface Judged {
  readonly title: string
  readonly requirements: readonly JsonRequirement[]
  readonly runs: readonly JsonReport[]
}

const undecided = new Set(['not-run', 'unclaimed', 'pending'])

function judgedSystems(): Map<string, Judged> {
  const systems = new Map<string, Judged>()
  for (const report of reports) {
    for (const { name, title, requirements } of report.systems) {
      const before = systems.get(name)
      const known = new Map(before?.requirements.map((one) => [one.id, one]))
      systems.set(name, {
        title,
        requirements: requirements.map((one) =>
          undecided.has(one.state) ? (known.get(one.id) ?? one) : one,
        ),
        runs: [...(before?.runs ?? []), report],
      })
    }
  }
  return systems
}

function sectionOf([name, { title, requirements, runs }]: [string, Judged]): string {
  const count = (...states: string[]): number =>
    requirements.filter(({ state }) => states.includes(state)).length
  const judged = [
    `${count('upheld')} upheld`,
    `${count('refuted')} refuted`,
    `${count('inconclusive')} inconclusive`,
    `${count(...undecided)} without a verdict`,
  ].join(', ')
  return [
    `## ${title}`,
    '',
    ...(documents[name] ?? []).map((said) => `- ${said}.`),
    `- Here: ${judged}, of ${requirements.length} requirements.`,
    '',
    '| requirement | reported | asked for | measured | |',
    '|---|---|---|---|---|',
    ...requirements.filter(isFigure).map(rowOf),
    '',
    ...runs.map(runOf),
    '',
  ].join('\n')
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
  return `- \`${run.command}\` on ${run.startedAt.slice(0, 10)}: ${services}, ${cores} cores, commit ${commit.slice(0, 7)}${dirty ? '+' : ''}, seed ${run.seed}.`
}

const text = `# What the documents said, and what was measured

Each system here was described by documents that report its integration testing as complete. These
are the lines for which they told a figure, with what they asked for and what Etalon measured. The
lines without a figure are in the systems' requirements documents and in the report of a run.

${[...judgedSystems()].map(sectionOf).join('\n')}
Written by \`node tools/source-documents.ts RUN…\`; of several runs the last that judged a line tells it.
`

writeFileSync('docs/source-documents.md', text)
console.log(`docs/source-documents.md: ${text.split('\n').length} lines`)
