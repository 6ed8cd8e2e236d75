import type { Operation } from '../openapi.ts'
import type { Line } from './exchange.ts'
import type { ViolationKind } from './judge.ts'
import type { KnownValues } from './request.ts'

/** What a system's contract is tried with. */
export interface ContractOptions {
  /** Where the document is; `/openapi.json` unless given. */
  readonly documentPath?: string
  /** How many requests in all, shared out among the operations. */
  readonly requests: number
  /** Headers of somebody who may call the operation. */
  readonly credentials: Line['credentials']
  /** Values of parameters that mean something, such as the ids of things that are there. */
  readonly known?: KnownValues
  /** Parameters whose values the system alone makes, so that refusing another is no fault. */
  readonly opaque?: readonly string[]
  /** How much of an ordinary operation's requests one gets: 0.1 for one that is slow by its nature. */
  readonly share?: (operation: Operation) => number
  /** Which statuses the document's `default` stands for; those of client errors unless given. */
  readonly errorStatuses?: readonly number[]
  /** Statuses that refuse a request for its form alone; 400, 415 and 422 unless given. */
  readonly formStatuses?: readonly number[]
  /** Requests under way at the same time; 12 unless given. */
  readonly inFlight?: number
}

/** A request whose answer breaks the contract, made as small as it can be and still break it. */
export interface Violation {
  readonly operation: string
  readonly kind: ViolationKind
  readonly message: string
  /** Sends it again. */
  readonly curl: string
  /** Generates it again: `--seed` of the run gives the same. */
  readonly seed: number
  readonly path: string
}

/** What was tried of one operation. */
export interface OperationRow {
  readonly operation: string
  readonly requests: number
  /** Requests that fitted the document, that did not, and of which it cannot tell. */
  readonly fit: Readonly<Record<'fits' | 'unfit' | 'open', number>>
  readonly statuses: Readonly<Record<string, number>>
  readonly slowestMs: number
}

export interface ContractRun {
  readonly requests: number
  readonly requestsPerSecond: number
  readonly rows: readonly OperationRow[]
  readonly violations: readonly Violation[]
  /** Operations that accepted nothing, so that little was shown about them. */
  readonly neverAccepted: readonly string[]
  /** Schemas of the document that cannot be used, and why. */
  readonly unusableSchemas: readonly string[]
  /** Methods that a path takes without documenting them. */
  readonly undocumentedMethods: readonly string[]
  readonly slowestMs: number
  /** How long the SQL in hostile texts sleeps: an answer that took longer may have run it. */
  readonly sqlSleepMs: number
}
