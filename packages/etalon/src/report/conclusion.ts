import { exitCode, exitCodeOf, type ExitCode } from '../kernel/exit-code.ts'
import type { RunRecord } from '../evidence/run-record.ts'
import type { Verdict } from '../kernel/verdict.ts'
import { counted } from './counted.ts'
import { countStates, type LineCounts } from './line-state.ts'
import type { RunView } from './run-view.ts'

/** What a run comes to, in words and as the exit status of `etalon verify`. */
export interface Conclusion {
  readonly verdict: Verdict
  /** `undefined` while the run goes on. */
  readonly exitCode: ExitCode | undefined
  /** The finding in one sentence, without a full stop. */
  readonly finding: string
  /** What else a reader must know before signing. */
  readonly notes: readonly string[]
}

/**
 * Concludes a run. Requirements of tier `must` decide; those of tier `should` do with `--strict`, and
 * where only claims of theirs were chosen.
 * A claim that its defect does not refute has proved nothing, so that it keeps a run inconclusive; so
 * does an end before the run's end, whatever was upheld until then.
 */
export function concludeRun(view: RunView): Conclusion {
  const strict = view.record.command.includes('--strict') || choosesNoMust(view)
  const shown = strict ? view.strictVerdict : view.verdict
  const unproven = view.escaped.length + view.undefended.length
  const isWhole = unproven === 0 && !isCutShort(view.record)
  const verdict = shown === 'upheld' && !isWhole ? 'inconclusive' : shown
  const counts = countsOf(view, (tier) => strict || tier === 'must')
  const subject = strict ? 'requirements' : 'requirements that must hold'
  return {
    verdict,
    exitCode: exitCodeOfRun(view, verdict),
    finding: findingOf(counts, verdict, subject, isCutShort(view.record)),
    notes: [
      ...stateNotes(view.record),
      ...lineNotes(view, counts, verdict, strict),
      ...defectNotes(view),
    ],
  }
}

function choosesNoMust({ record, systems }: RunView): boolean {
  const chosen = systems
    .flatMap(({ requirements }) => requirements)
    .filter(({ planned }) => planned.length > 0)
  const isPart = (record.unselected ?? []).length > 0
  return isPart && chosen.every(({ requirement }) => requirement.tier === 'should')
}

/** Whether it ended before it had done all that it was to do. */
export function isCutShort({ state }: RunRecord): boolean {
  return state === 'interrupted' || state === 'failed'
}

function exitCodeOfRun({ record }: RunView, verdict: Verdict): ExitCode | undefined {
  switch (record.state) {
    case 'running':
      return undefined
    case 'finished':
      return exitCodeOf(verdict)
    case 'interrupted':
      return exitCode.interrupted
    case 'failed':
      return record.failedWith ?? exitCode.etalonDefect
  }
}

function findingOf(
  counts: LineCounts,
  verdict: Verdict,
  subject: string,
  cutShort: boolean,
): string {
  const judged = counts.refuted + counts.inconclusive + counts.pending + counts.upheld
  if (judged === 0) {
    return verdict === 'upheld'
      ? 'The chosen claims are upheld, but no requirement was judged by all that cover it'
      : 'No requirement that must hold was judged'
  }
  if (verdict === 'refuted')
    return `${counts.refuted} of ${judged} ${subject} ${are(counts.refuted)} refuted`
  if (counts.inconclusive > 0) {
    const open = `${counts.inconclusive} of ${judged} ${subject}`
    return `Nothing is refuted, but ${open} could not be decided`
  }
  if (counts.pending > 0) return `${counts.upheld} of ${judged} ${subject} are upheld so far`
  const some = counts.unclaimed + counts['not-run'] > 0 ? 'judged ' : ''
  const all =
    judged === 1
      ? `The one ${some}${subject.replace('requirements', 'requirement')} is upheld`
      : `All ${judged} ${some}${subject} are upheld`
  if (verdict === 'upheld') return all
  return cutShort
    ? `${all}, but the run did not come to its end`
    : `${all}, but not every claim has shown that it can fail`
}

const stateTexts = {
  interrupted: 'The run was interrupted',
  failed: 'The run failed and could not go on',
  running: 'The run had not ended when this was written',
} as const

/** What to know of a run that has not come to its end. */
export function stateNotes({ state, outcomes, planned }: RunRecord): string[] {
  if (state === 'finished') return []
  const judged = `${outcomes.length} of ${counted(planned.length, 'claim')} had been judged`
  return [`${stateTexts[state]}: ${judged}.`]
}

function lineNotes(
  view: RunView,
  deciding: LineCounts,
  verdict: Verdict,
  strict: boolean,
): string[] {
  const should = strict ? countStates([]) : countsOf(view, (tier) => tier === 'should')
  const notes: string[] = []
  if (verdict === 'refuted' && deciding.inconclusive > 0) {
    notes.push(`${deciding.inconclusive} more could not be decided.`)
  }
  const open = [
    ...(should.refuted > 0 ? [`${should.refuted} ${are(should.refuted)} refuted`] : []),
    ...(should.inconclusive > 0 ? [`${should.inconclusive} could not be decided`] : []),
  ]
  if (open.length > 0) notes.push(`Of those that should hold, ${open.join(' and ')}.`)
  const { unclaimed } = view.counts
  if (unclaimed > 0) {
    const [have, them] = unclaimed === 1 ? ['has', 'it'] : ['have', 'them']
    notes.push(
      `${counted(unclaimed, 'requirement')} ${have} no claim: nothing is known of ${them}.`,
    )
  }
  return [...notes, ...partNotes(view)]
}

/** What was left out of a run of chosen claims. */
function partNotes({ systems }: RunView): string[] {
  const lines = systems.flatMap(({ requirements }) => requirements)
  const open = lines.filter(({ state }) => state === 'not-run')
  const some = open.filter(({ outcomes }) => outcomes.length > 0).length
  const none = open.length - some
  return [
    ...(some > 0 ? [`Of ${counted(some, 'requirement')} only some of the claims took part.`] : []),
    ...(none > 0 ? [`${counted(none, 'requirement')} took no part in this run.`] : []),
  ]
}

function defectNotes({ record, escaped, undefended }: RunView): string[] {
  if (record.defects.length === 0) {
    const expected = record.state === 'running' && record.command.includes('--defects')
    return expected ? [] : ['No defects were planted to show that the claims can fail.']
  }
  const notes: string[] = []
  if (escaped.length > 0) {
    notes.push(`${counted(escaped.length, 'planted defect')} escaped the claim that must find it.`)
  }
  if (undefended.length > 0) {
    notes.push(
      `${counted(undefended.length, 'claim')} ${are(undefended.length)} named by no defect.`,
    )
  }
  return notes
}

function countsOf(view: RunView, counts: (tier: 'must' | 'should') => boolean): LineCounts {
  const lines = view.systems.flatMap(({ requirements }) => requirements)
  const chosen = lines.filter(({ requirement }) => counts(requirement.tier))
  return countStates(chosen.map(({ state }) => state))
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are'
}
