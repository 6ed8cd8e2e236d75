import type { Random } from '../../kernel/random.ts'

/** Names of the protocols that links understand. */
export type Protocol = 'tcp' | 'postgres' | 'redis'

/** Which way bytes go: `up` from the system to its service, `down` back. */
export type Direction = 'up' | 'down'

/** What a fault is asked to do, as plain data: it is sent to the process that holds the link. */
export interface FaultSpec {
  readonly kind: string
  readonly when?: Trigger
}

/**
 * Which connections and messages a fault takes. Everything unless narrowed; all conditions have to
 * hold. Counting starts when the fault is injected.
 */
export interface Trigger {
  /**
   * Numbers of connections, from 1, first and last included: `[2, 5]`. Those that were open before
   * have none.
   */
  readonly connections?: readonly [number, number]
  /** The share of connections that are taken, drawn by the link's seed. */
  readonly probability?: number
  /** Source and flags of a pattern that a message's text has to match: `^commit$`, `i`. */
  readonly message?: { readonly source: string; readonly flags: string }
  /** Whether the message itself is taken, or its answer. */
  readonly at?: 'request' | 'answer'
  /** The first matching message that is taken, from 1. */
  readonly nth?: number
  /** How many messages are taken at most; all of them unless given. */
  readonly times?: number
}

/** What a fault has touched. One that touched nothing shows nothing. */
export interface FaultTouch {
  readonly connections: number
  readonly messages: number
  readonly bytes: number
  /** Processes, for a fault of processes. */
  readonly processes?: number
  /** What healing took until the target worked again, for a fault of processes. */
  readonly recoveryMs?: number
}

/** A piece of a stream on its way through a link. */
export interface Chunk {
  readonly data: Buffer
  readonly receivedAtMs: number
  /** Set when the link splits its stream into messages: what it is, in the protocol's words. */
  readonly message?: Message
}

/** A message of a protocol that the link understands. */
export interface Message {
  /** What triggers look at: the SQL text, or the Redis command and its arguments. */
  readonly text?: string
  /** Which request of the connection this is, or belongs to, from 1. */
  readonly request?: number
  /** Which request it answers. */
  readonly answers?: number
  /** Whether an answer of the service is complete with this message. */
  readonly completes?: boolean
}

/** One connection through a link, as a fault may treat it. */
export interface LinkConnection {
  /** From 1, in the order in which they came. */
  readonly number: number
  /** Ends both sides in order. */
  cut(): void
  /** Ends both sides with a reset. */
  reset(): void
  /** From now on the end of one side is not told to the other. */
  detach(): void
}

export type Forward = (chunk: Chunk) => Promise<void>

/** A fault at work in a link. One kind, one small file in `kinds/`. */
export interface ActiveFault {
  readonly touch: FaultTouch
  /** Whether it wants the answer to a request in one piece, once the service has done it. */
  readonly awaits?: (connection: LinkConnection, request: number) => boolean
  /**
   * Passes a chunk on by `forward`: at once, later, changed, in pieces, or never. Must let go of
   * what it holds when it is healed.
   */
  pass(
    chunk: Chunk,
    direction: Direction,
    connection: LinkConnection,
    forward: Forward,
  ): Promise<void>
  /** Called when a side has no more to send; resolves when the end may be passed on. */
  ended?(direction: Direction, connection: LinkConnection): Promise<void>
  /** Ends the fault and releases everything it holds back. */
  heal(): void
  /** Whether something has to pass it still after it was healed. */
  unsettled?(): boolean
}

/** What a kind of fault needs to work. */
export interface FaultContext {
  readonly random: Random
  readonly protocol: Protocol
  /** How many connections there had been when the fault was injected. */
  readonly connectionsBefore: number
  /** Tells the owner of the link that something happened, such as that a message is held. */
  readonly tell: (event: string) => void
}

/** Makes a fault of one kind from its specification. */
export type FaultKind<Spec extends FaultSpec = FaultSpec> = (
  spec: Spec,
  context: FaultContext,
) => ActiveFault
