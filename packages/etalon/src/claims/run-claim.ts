import { dirname, join } from 'node:path'
import type { Instance, InstanceOptions } from '../environment/instance.ts'
import { openEvidenceLog, type EvidenceLog } from '../evidence/evidence-log.ts'
import type { BoundaryGround } from '../instruments/boundaries/index.ts'
import type { BrowserEngine } from '../instruments/browser/index.ts'
import type { CoverageGround } from '../instruments/coverage/index.ts'
import type { FaultTargets } from '../instruments/faults/index.ts'
import type { Session } from '../instruments/session.ts'
import type { Doubt } from '../kernel/doubt.ts'
import { messageOf } from '../kernel/errors.ts'
import { random } from '../kernel/random.ts'
import { Refutation } from '../kernel/refutation.ts'
import type { ClaimDeclaration } from './claim.ts'
import { createContext, type BoundContext } from './context.ts'
import type { JobClaim } from './job.ts'
import { lostProcess } from './lost-process.ts'
import { bindContext } from './measure-once.ts'
import type { MovableClock } from './movable-clock.ts'
import { quietDoubts } from './quiet.ts'
import type { ConfiguredSystem, SignedIn } from './system-config.ts'
import { createSystemHandle, type SystemHandle } from './system-handle.ts'

/** What the claims of a job share. */
export interface RunningJob {
  readonly system: ConfiguredSystem
  readonly instance: Instance
  readonly instanceOptions: InstanceOptions
  readonly clock: MovableClock | undefined
  readonly engine: BrowserEngine
  /** What faults can be injected into: links to services, processes and servers. */
  readonly targets: FaultTargets
  /** Who there is on the instance. */
  readonly ground: BoundaryGround
  /** What its processes tell of the code that they ran. */
  readonly reached: CoverageGround
  /** People signed in on the instance so far, by name. */
  readonly actors: Map<string, Promise<SignedIn>>
}

/** Runs one claim. Everything it finds is in its evidence file when this resolves. */
export async function runClaim(
  running: RunningJob,
  claim: JobClaim,
  declaration: ClaimDeclaration,
): Promise<void> {
  const log = openEvidenceLog(claim.evidenceFile, claim.id)
  const doubts: Doubt[] = []
  const evidence = keepingDoubts(log, doubts)
  evidence.record('claim-started', { claim: claim.id, seed: claim.seed })
  const quiet = declaration.isolation === 'quiet'
  if (quiet) await recordDoubts(evidence)

  const abort = new AbortController()
  const session = sessionOf(claim, evidence, abort.signal)
  const handle = createSystemHandle({ ...running, session })
  const bound = createContext(handle, session, {
    ...running,
    claim: claim.id,
    systemDirectory: running.system.definition.directory,
  })
  bindContext(bound.context, { id: claim.id, doubts })
  const ended = await runBody(declaration, bound, evidence)
  if (quiet) await recordDoubts(evidence)
  recordPageProblems(bound, evidence)
  await closeAll(bound, handle, evidence, abort)
  const lost = await lostProcess(running.instance)
  if (lost) evidence.record('process-lost', lost)
  evidence.record('claim-ended', { ...ended, unconcluded: bound.proofs.unconcluded() })
  evidence.close()
}

/** The log, which keeps its doubts in a list as well: for claims that judge what this one measured. */
function keepingDoubts(log: EvidenceLog, doubts: Doubt[]): EvidenceLog {
  return {
    ...log,
    record: (kind, facts) => {
      if (kind === 'doubt') doubts.push(facts['doubt'] as Doubt)
      log.record(kind, facts)
    },
  }
}

function sessionOf(claim: JobClaim, evidence: EvidenceLog, signal: AbortSignal): Session {
  const folder = dirname(claim.evidenceFile)
  return {
    evidence,
    random: random(`${claim.seed}/${claim.id}`),
    signal,
    attach: (name) => {
      evidence.record('attachment', { name })
      return join(folder, name)
    },
  }
}

async function runBody(
  declaration: ClaimDeclaration,
  { context, proofs }: BoundContext,
  evidence: EvidenceLog,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    await declaration.body(context)
    return { status: 'completed' }
  } catch (error) {
    if (error instanceof Refutation) {
      proofs.refute(error)
      return { status: 'refuted' }
    }
    const stack = error instanceof Error ? error.stack : undefined
    evidence.record('note', { text: 'the claim threw', stack })
    return { status: 'threw', problem: messageOf(error) }
  }
}

/** A page that fails quietly refutes what is claimed of it, whatever else it shows. */
function recordPageProblems({ context, proofs }: BoundContext, evidence: EvidenceLog): void {
  const problems = context.browser.problems()
  if (problems.length === 0) return
  evidence.record('note', { text: 'the pages had problems', problems })
  proofs.prove('the pages work without errors', problems).isEmpty()
}

async function closeAll(
  { context, proofs }: BoundContext,
  handle: SystemHandle,
  evidence: EvidenceLog,
  abort: AbortController,
): Promise<void> {
  const closing = await Promise.allSettled([
    context.faults.healAll(),
    context.messages.close(),
    context.browser.close(proofs.hasRefuted()),
  ])
  context.sockets.close()
  abort.abort()
  closing.push(...(await Promise.allSettled([handle.close()])))
  for (const closed of closing) {
    if (closed.status === 'rejected') {
      evidence.record('note', { text: 'closing failed', problem: messageOf(closed.reason) })
    }
  }
}

async function recordDoubts(evidence: EvidenceLog): Promise<void> {
  for (const doubt of await quietDoubts()) evidence.record('doubt', { doubt })
}
