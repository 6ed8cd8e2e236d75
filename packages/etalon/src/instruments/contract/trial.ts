import fc from 'fast-check'
import type { Random } from '../../kernel/random.ts'
import { operationsOf, type OpenApiDocument, type Operation } from '../openapi.ts'
import type { Session } from '../session.ts'
import type { ContractOptions, ContractRun, OperationRow, Violation } from './contract-run.ts'
import { curlOf } from './curl.ts'
import { exchange, type Answer, type Line } from './exchange.ts'
import { fitOf, judge, type Broken, type Rules } from './judge.ts'
import { sqlSleepMs } from './hostile-text.ts'
import { requestsOf, type MadeRequest } from './request.ts'
import { openSchemas } from './schema.ts'
import { undocumentedMethods } from './undocumented.ts'

const errorStatusesDefault = [400, 401, 403, 404, 405, 409, 410, 412, 413, 414, 415, 422, 429]
const formStatusesDefault = [400, 415, 422]
/** Longer than any answer that is worth waiting for takes on a busy machine. */
/** Finding the least request that still breaks the contract may cost this many. */
const shrinksMax = 150

interface Work {
  readonly session: Session
  readonly baseUrl: string
  readonly line: Line
  readonly document: OpenApiDocument
  readonly options: ContractOptions
  readonly inFlight: number
}

/** Tries every operation of the document. */
export async function runOf(work: Work): Promise<ContractRun> {
  const { session, document, options } = work
  const operations = operationsOf(document)
  const rules: Rules = {
    schemas: openSchemas(document),
    errorStatuses: new Set(options.errorStatuses ?? errorStatusesDefault),
    formStatuses: new Set(options.formStatuses ?? formStatusesDefault),
    opaque: new Set(options.opaque),
  }
  const random = session.random.fork('contract')
  const waiting = sharesOf(operations, options)
  const trials: Trial[] = []
  const startedAtMs = performance.now()
  const workers = Array.from({ length: work.inFlight }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const trial = new Trial(next.operation, work, rules)
      trials.push(trial)
      await trial.run(next.requests, random.fork(next.operation.name))
    }
  })
  await Promise.all(workers)
  const seconds = (performance.now() - startedAtMs) / 1_000
  const rows = trials.map((trial) => trial.row).sort((a, b) => (a.operation < b.operation ? -1 : 1))
  const requests = rows.reduce((sum, row) => sum + row.requests, 0)
  const run: ContractRun = {
    requests,
    requestsPerSecond: requests / seconds,
    rows,
    violations: trials.flatMap(({ violations }) => violations),
    neverAccepted: trials.filter(({ accepted }) => accepted === 0).map(({ name }) => name),
    unusableSchemas: [...rules.schemas.unusable].map(([place, why]) => `${place}: ${why}`),
    undocumentedMethods: await undocumentedMethods(operations, work.line, options.known),
    slowestMs: Math.max(0, ...rows.map(({ slowestMs }) => slowestMs)),
    sqlSleepMs,
  }
  session.evidence.record('contract', { ...run })
  return run
}

/** The slow ones first, so that the last to end is a quick one. */
function sharesOf(
  operations: readonly Operation[],
  { requests, share = () => 1 }: ContractOptions,
): { operation: Operation; requests: number }[] {
  const shares = operations.map((operation) => ({ operation, share: share(operation) }))
  const whole = shares.reduce((sum, one) => sum + one.share, 0)
  return shares
    .toSorted((a, b) => a.share - b.share)
    .map((one) => ({
      operation: one.operation,
      requests: Math.max(1, Math.ceil((requests * one.share) / whole)),
    }))
}

/** The requests of one operation, one after another. */
class Trial {
  readonly name: string
  readonly violations: Violation[] = []
  accepted = 0
  readonly #operation: Operation
  readonly #work: Work
  readonly #rules: Rules
  readonly #fit = { fits: 0, unfit: 0, open: 0 }
  readonly #statuses: Record<string, number> = {}
  #requests = 0
  #slowestMs = 0

  constructor(operation: Operation, work: Work, rules: Rules) {
    this.name = operation.name
    this.#operation = operation
    this.#work = work
    this.#rules = rules
  }

  get row(): OperationRow {
    return {
      operation: this.name,
      requests: this.#requests,
      fit: this.#fit,
      statuses: this.#statuses,
      slowestMs: Number(this.#slowestMs.toFixed(1)),
    }
  }

  /** Each way in which the contract is broken is found once; then the search goes on for others. */
  async run(requests: number, random: Random): Promise<void> {
    const found = new Set<string>()
    const { known = () => [] } = this.#work.options
    const made = requestsOf(this.#operation, this.#work.document, known)
    while (this.#requests < requests) {
      const seed = random.integer(1, 0x7fff_ffff)
      let triesAfterFailure = 0
      const property = fc.asyncProperty(made, async (request) => {
        if (triesAfterFailure > shrinksMax) return
        const broken = await this.#try(request)
        if (triesAfterFailure > 0) triesAfterFailure += 1
        if (!broken || found.has(keyOf(broken))) return
        triesAfterFailure = Math.max(1, triesAfterFailure)
        throw new BrokenContract(broken)
      })
      const numRuns = requests - this.#requests
      const result = await fc.check(property, { seed, numRuns })
      if (!result.failed) return
      if (!(result.errorInstance instanceof BrokenContract)) throw result.errorInstance
      const [request] = result.counterexample as [MadeRequest]
      const { broken } = result.errorInstance
      found.add(keyOf(broken))
      this.violations.push({
        operation: this.name,
        ...broken,
        curl: curlOf(this.#operation, request, this.#work.baseUrl),
        seed,
        path: result.counterexamplePath ?? '',
      })
    }
  }

  async #try(request: MadeRequest): Promise<Broken | undefined> {
    const answer: Answer = await exchange(this.#operation, request, this.#work.line)
    this.#requests += 1
    const fit = fitOf(this.#operation, request, this.#rules)
    this.#fit[fit] += 1
    this.#statuses[answer.status] = (this.#statuses[answer.status] ?? 0) + 1
    this.#slowestMs = Math.max(this.#slowestMs, answer.durationMs)
    if (answer.status >= 200 && answer.status < 300) this.accepted += 1
    return judge(this.#operation, { request, fit }, answer, this.#rules)
  }
}

/** Two answers break the contract in the same way when they differ in values only. */
function keyOf({ kind, message }: Broken): string {
  return `${kind} ${message.replaceAll(/["'].*/gs, '').replaceAll(/\d{4,}/g, '#')}`
}

class BrokenContract extends Error {
  readonly broken: Broken

  constructor(broken: Broken) {
    super(`${broken.kind}: ${broken.message}`)
    this.broken = broken
  }
}
