import type { Doubt } from '../../kernel/doubt.ts'
import type { Findings } from '../../kernel/findings.ts'
import type { Account, Publication } from '../../kernel/ledger/index.ts'
import type { Reading } from './reading.ts'

/** How long a client waits before it tries again. */
export interface Reconnection {
  readonly firstMs: number
  /** Doubled with each try up to this. */
  readonly maxMs: number
  /** The share of the pause that is drawn anew each time, 0 to 1: with 0 all return together. */
  readonly jitter: number
}

/** What a crowd is. */
export interface CrowdPlan {
  /** Clients are dealt out to these, and go to the next one with each try. */
  readonly urls: readonly string[]
  readonly clients: number
  /** Of all clients, or dealt out as the URLs are. */
  readonly headers: readonly Readonly<Record<string, string>>[]
  readonly reading: Reading
  /** Clients that begin to connect in a second. */
  readonly arrivalHz: number
  /** Whoever is cut off comes back so; never unless given. */
  readonly reconnection: Reconnection | undefined
  /** The parameter of the URL that says after which sequence a client that comes back goes on. */
  readonly resumeParameter: string | undefined
  readonly lateAfterMs: number | undefined
  readonly openTimeoutMs: number
  readonly seed: string
}

/** Which clients, by their numbers from 0; all unless given. */
export type Members = readonly number[] | undefined

/** What a crowd can be asked for. */
export type CrowdRequest =
  | { readonly ask: 'open'; readonly plan: CrowdPlan }
  | { readonly ask: 'published'; readonly publications: readonly Publication[] }
  | { readonly ask: 'until'; readonly delivered: number; readonly timeoutMs: number }
  | { readonly ask: 'connected'; readonly timeoutMs: number }
  | { readonly ask: 'cut' | 'stop-reading' | 'read'; readonly members: Members }
  | { readonly ask: 'say'; readonly members: Members; readonly text: string }
  | { readonly ask: 'report' }

/** One try to come back, or to come for the first time. */
export interface Attempt {
  readonly client: number
  /** Counted since the client was last connected, from 1. */
  readonly number: number
  /** When it was due, in milliseconds since 1970: what the pauses ask for, however late the driver. */
  readonly atMs: number
  readonly hasSucceeded: boolean
}

/** Two clients that heard different things under one sequence. */
export interface Differing {
  readonly client: number
  readonly key: string
  readonly sequence: number
  readonly heard: string
  readonly others: string
}

/** The account of all clients, without figures that have to be worked out. */
export interface CrowdFacts extends Omit<Account, 'latency' | 'cuts' | 'published' | 'unknown'> {
  readonly clients: number
  readonly connected: number
  /** Connections that were lost. */
  readonly cuts: number
  /** The texts of one sequence on all clients, compared. */
  readonly differing: Findings<Differing>
  /** Messages that are not counted, by their `type`. */
  readonly others: Readonly<Record<string, number>>
  readonly attempts: readonly Attempt[]
}

/** What the process of the crowd tells. */
export interface CrowdReport {
  readonly facts: CrowdFacts
  /** From the beginning of a try that succeeded until it was open. */
  readonly connectMs: Float64Array
  /** Of first receipts on all clients, in the order in which they came. */
  readonly receivedAtMs: Float64Array
  /** NaN where it says nothing about delivery. */
  readonly latencyMs: Float64Array
  readonly doubts: readonly Doubt[]
}

/** To the process, and from it: each request is answered once. */
export interface CrowdCall {
  readonly id: number
  readonly request: CrowdRequest
}

export interface CrowdAnswer {
  readonly id: number
  readonly report: CrowdReport | undefined
  readonly problem: string | undefined
}
