import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type {
  Conviction,
  DefectRecord,
  PlannedClaim,
  RunRecord,
  SystemRecord,
} from '../evidence/run-record.ts'
import { isCutShort, stateNotes } from './conclusion.ts'
import { renderCounterexample } from './counterexample.ts'
import type { RequirementView } from './requirement-view.ts'
import { viewOf, type RunView, type SystemView } from './run-view.ts'
import { element, escapeXml } from './xml.ts'

/**
 * Writes `junit.xml`: a suite for each system with a case for each planned claim, and a suite for
 * the defects that were planted into it. Refuted is a failure. Whatever is not decided is an error,
 * also a claim that has not been judged yet and a line that sums up what has no claim, because a
 * reader of this format must never take it for a pass.
 */
export function renderJunit(record: RunRecord): string {
  const view = viewOf(record)
  const suites = [
    ...view.systems.flatMap((system) => [
      claimSuite(record, system),
      ...defectSuite(view, system.system),
    ]),
    ...runSuite(record),
  ]
  const all = suites.flatMap(({ cases }) => cases)
  const content = suites.map(({ name, cases }) => suiteXml(record, name, cases))
  const head = { name: `etalon ${record.id}`, ...totalsOf(all), time: seconds(record.durationMs) }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', head, content)}\n`
}

interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
}

interface Case {
  readonly classname: string
  readonly name: string
  readonly file?: string
  readonly durationMs: number
  readonly problem?: Problem
}

interface Problem {
  readonly kind: 'failure' | 'error'
  readonly type: 'refuted' | 'inconclusive' | 'pending' | 'escaped' | 'undefended'
  readonly message: string
  readonly body: string
}

function claimSuite(record: RunRecord, { system, requirements }: SystemView): Suite {
  const sections = new Map(system.requirements.map(({ id, section }) => [id, section]))
  const outcomes = new Map(
    record.outcomes
      .filter((outcome) => outcome.system === system.name)
      .map((outcome) => [outcome.claim, outcome]),
  )
  const planned = record.planned.filter((claim) => claim.system === system.name)
  const cases = planned.map((claim) => {
    const outcome = outcomes.get(claim.claim)
    const problem = outcome ? problemOf(outcome) : unjudged(record)
    return {
      classname: classOf(system, sections.get(claim.requirements[0] ?? '')),
      name: `${claim.claim} ${claim.title}`,
      file: claim.file,
      durationMs: outcome?.durationMs ?? 0,
      ...(problem ? { problem } : {}),
    }
  })
  const sums = requirements.filter(isOpenSum).map((line) => sumCase(line, system))
  return { name: system.name, cases: [...cases, ...sums] }
}

function isOpenSum({ requirement, state }: RequirementView): boolean {
  return requirement.derivedFrom !== undefined && state === 'inconclusive'
}

function sumCase({ requirement, reason }: RequirementView, system: SystemRecord): Case {
  return {
    classname: classOf(system, requirement.section),
    name: `${requirement.id} ${requirement.text}`,
    durationMs: 0,
    problem: { kind: 'error', type: 'inconclusive', message: reason, body: '' },
  }
}

function classOf({ name }: SystemRecord, section: readonly string[] = []): string {
  return [name, section.slice(1).join(' / ')].filter(Boolean).join('.')
}

function problemOf(outcome: ClaimOutcome): Problem | undefined {
  const { verdict, reason } = outcome
  if (verdict === 'upheld') return undefined
  const message = reason ?? 'no reason was recorded'
  const kind = verdict === 'refuted' ? 'failure' : 'error'
  return { kind, type: verdict, message, body: bodyOf(outcome) }
}

function bodyOf({ reason, proofs, doubts, replay, seed, evidence }: ClaimOutcome): string {
  const open = proofs.filter(({ verdict }) => verdict !== 'upheld')
  const told = open.flatMap(({ title, verdict, figure, target, reason, counterexample }) => [
    `${verdict}: ${title}: expected ${target}, found ${figure}${reason ? `; ${reason}` : ''}`,
    ...(counterexample === undefined ? [] : [renderCounterexample(counterexample)]),
  ])
  return [
    reason ?? '',
    ...told,
    ...doubts.map(({ message }) => `doubt: ${message}`),
    `replay: npx ${replay}`,
    `seed: ${seed}`,
    `evidence: ${evidence}`,
  ].join('\n')
}

function unjudged({ state }: RunRecord): Problem {
  const message =
    state === 'running'
      ? 'not judged yet: the run had not ended when this was written'
      : 'planned and never judged'
  return {
    kind: 'error',
    type: state === 'running' ? 'pending' : 'inconclusive',
    message,
    body: '',
  }
}

function defectSuite({ record, undefended: all }: RunView, { name }: SystemRecord): Suite[] {
  const planted = record.defects.filter(({ system }) => system === name)
  const undefended = all.filter(({ system }) => system === name)
  const cases = [
    ...planted.flatMap((defect) => defect.convictions.map((one) => convictionCase(defect, one))),
    ...undefended.map(undefendedCase),
  ]
  return cases.length === 0 ? [] : [{ name: `${name} defects`, cases }]
}

function convictionCase(defect: DefectRecord, { claim, verdict, reason }: Conviction): Case {
  const found = {
    classname: `${defect.system}.defects`,
    name: `${claim} convicts: ${defect.title}`,
    file: defect.file,
    durationMs: 0,
  }
  if (verdict === 'refuted') return found
  const message = `with the defect planted the claim is ${verdict}, so it proves nothing`
  const body = [message, `plant: ${defect.plant}`, reason ?? ''].join('\n')
  return { ...found, problem: { kind: 'error', type: 'escaped', message, body } }
}

function undefendedCase({ system, claim, file }: PlannedClaim): Case {
  const message = 'no defect names this claim, so it was never seen to fail'
  const problem: Problem = { kind: 'error', type: 'undefended', message, body: '' }
  return {
    classname: `${system}.defects`,
    name: `${claim} has a defect`,
    file,
    durationMs: 0,
    problem,
  }
}

/** Claims that all passed must not hide that the run they are of was cut short. */
function runSuite(record: RunRecord): Suite[] {
  if (!isCutShort(record)) return []
  const [message = ''] = stateNotes(record)
  const body = record.problems.join('\n')
  const problem: Problem = { kind: 'error', type: 'inconclusive', message, body }
  return [
    {
      name: 'run',
      cases: [{ classname: 'run', name: 'comes to its end', durationMs: 0, problem }],
    },
  ]
}

function suiteXml(record: RunRecord, name: string, cases: readonly Case[]): string {
  const attributes = {
    name,
    ...totalsOf(cases),
    time: seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    timestamp: record.startedAt.replace(/\.\d+Z$/, ''),
  }
  const properties = element('properties', {}, propertiesOf(record))
  return `\n${element('testsuite', attributes, ['', properties, ...cases.map(caseXml), ''])}\n`
}

function propertiesOf({
  seed,
  command,
  fingerprint,
  etalonVersion,
  services,
}: RunRecord): string[] {
  const facts = {
    seed,
    command,
    commit: fingerprint.commit,
    dirty: String(fingerprint.dirty),
    etalon: etalonVersion,
    node: fingerprint.node,
    platform: fingerprint.platform,
    ...Object.fromEntries(services.map(({ name, version }) => [name, version])),
  }
  return Object.entries(facts).map(([name, value]) => element('property', { name, value }))
}

function caseXml({ classname, name, file, durationMs, problem }: Case): string {
  const attributes = { classname, name, file, time: seconds(durationMs) }
  if (!problem) return element('testcase', attributes)
  const { kind, type, message, body } = problem
  return element('testcase', attributes, [element(kind, { type, message }, [escapeXml(body)])])
}

function totalsOf(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors', number> {
  const count = (kind: Problem['kind']): number =>
    cases.filter(({ problem }) => problem?.kind === kind).length
  return { tests: cases.length, failures: count('failure'), errors: count('error') }
}

function seconds(durationMs: number): string {
  return (durationMs / 1_000).toFixed(3)
}
