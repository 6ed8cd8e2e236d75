import type { Instance } from '../environment/instance.ts'
import type { EvidenceSink } from '../evidence/evidence-log.ts'
import {
  createBoundaries,
  type Boundaries,
  type BoundaryGround,
} from '../instruments/boundaries/index.ts'
import { createBrowser, type Browser, type BrowserEngine } from '../instruments/browser/index.ts'
import { createCanary, type Canary } from '../instruments/canary/index.ts'
import { createContract, type Contract } from '../instruments/contract/index.ts'
import {
  createCoverage,
  type Coverage,
  type CoverageGround,
} from '../instruments/coverage/index.ts'
import { createHistories, type Histories } from '../instruments/histories/index.ts'
import { createFaults, type Faults, type FaultTargets } from '../instruments/faults/index.ts'
import { createIsolation, type Isolation } from '../instruments/isolation/index.ts'
import { createLoad, type Load } from '../instruments/load/index.ts'
import { createMessages, type Messages } from '../instruments/messages/index.ts'
import { createMigrations, type Migrations } from '../instruments/migrations/index.ts'
import { createRecovery, type Recovery } from '../instruments/recovery/index.ts'
import type { Session } from '../instruments/session.ts'
import { createSockets, type Sockets } from '../instruments/sockets/index.ts'
import type { Sql } from '../instruments/sql/index.ts'
import { createTiming, type Timing } from '../instruments/timing/index.ts'
import type { Doubt } from '../kernel/doubt.ts'
import type { Random } from '../kernel/random.ts'
import { baselineLookup, type BaselineLookup } from './baseline.ts'
import { openProofs, type Proofs, type Prove } from './proof.ts'
import type { SystemHandle } from './system-handle.ts'

/** What a claim works with. */
export interface ClaimContext {
  readonly system: SystemHandle
  readonly prove: Prove
  /** Figures that were kept of earlier runs on this kind of machine. */
  readonly baseline: BaselineLookup
  /** The system's database as its superuser sees it: `system.sql`. */
  readonly sql: Sql
  readonly histories: Histories
  readonly timing: Timing
  /** Load by many users on the system's first process, from a process of its own. */
  readonly load: Load
  /** Undoes, strikes and measures the migrations of the instance's database. */
  readonly migrations: Migrations
  /** Pages of the system's first process, in a headless browser. */
  readonly browser: Browser
  /** Disturbs the links named in the claim's option `links`, the system's processes and its servers. */
  readonly faults: Faults
  /** Rolls a new revision out beside the stable one, under the claim's traffic. */
  readonly canary: Canary
  /** Times how long answers take to be good again after faults, under a steady traffic. */
  readonly recovery: Recovery
  /** Tries the API of the system's first process against its own OpenAPI document. */
  readonly contract: Contract
  /** Tries whether one actor reaches what is another's. */
  readonly isolation: Isolation
  /** Shows what talks to what, and what each database role and Redis user may and did. */
  readonly boundaries: Boundaries
  /** Listens to the messages of the instance's Redis, and keeps account of them. */
  readonly messages: Messages
  /** Clients over WebSocket: one that talks, or hundreds that listen in a process of their own. */
  readonly sockets: Sockets
  /** Tells which code of the system the claims before this one reached. */
  readonly coverage: Coverage
  /** Seeded by the run's seed and the claim's id; replayed with `--seed`. */
  readonly random: Random
  /** Aborted when the claim's time is up. */
  readonly signal: AbortSignal
  /** Keeps a fact as evidence, without judging it. */
  readonly note: (text: string, facts?: Readonly<Record<string, unknown>>) => void
  /** Tells why what is measured deserves less trust. */
  readonly doubt: (doubt: Doubt) => void
}

/** A claim's context, with the proofs made through it. */
export interface BoundContext {
  readonly context: ClaimContext
  readonly proofs: Proofs
}

/** Binds the instruments to one claim: its evidence, its randomness, its end. */
export function createContext(
  system: SystemHandle,
  session: Session,
  shared: {
    readonly claim: string
    readonly systemDirectory: string
    readonly instance: Pick<Instance, 'adminUrl' | 'redis' | 'services'>
    readonly engine: BrowserEngine
    readonly targets: FaultTargets
    readonly ground: BoundaryGround
    readonly reached: CoverageGround
  },
): BoundContext {
  const evidence: EvidenceSink = session.evidence
  const proofs = openProofs(evidence)
  const context: ClaimContext = {
    system,
    prove: proofs.prove,
    baseline: baselineLookup(shared.systemDirectory, shared.claim),
    get sql() {
      return system.sql
    },
    histories: createHistories(session),
    timing: createTiming(session),
    load: createLoad(session, system.url),
    migrations: createMigrations({ url: shared.instance.adminUrl, session }),
    browser: createBrowser({ baseUrl: system.url, session, engine: shared.engine }),
    faults: createFaults(session, shared.targets),
    canary: createCanary(session),
    recovery: createRecovery(session),
    contract: createContract(session, system.url),
    isolation: createIsolation(session, system.url),
    boundaries: createBoundaries(session, shared.ground),
    messages: createMessages(session, {
      url: () => shared.instance.redis?.url ?? system.services.redis.url,
      linkUrl: () => shared.instance.services.redis.url,
    }),
    sockets: createSockets(session, system.url),
    coverage: createCoverage(session, shared.reached),
    random: session.random,
    signal: session.signal,
    note: (text, facts) => evidence.record('note', { text, ...facts }),
    doubt: (doubt) => evidence.record('doubt', { doubt }),
  }
  return { context, proofs }
}
