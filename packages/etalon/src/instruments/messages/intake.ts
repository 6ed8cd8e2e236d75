import { wallMs } from '../../kernel/clock.ts'
import type { Doubt } from '../../kernel/doubt.ts'
import { messageOf } from '../../kernel/errors.ts'
import { openFindings, type Findings } from '../../kernel/findings.ts'
import type { Account, Ledger } from '../../kernel/ledger/index.ts'
import type { Departure } from './shape.ts'

/** A message as Redis gave it. */
export interface Incoming {
  /** The channel or the stream. */
  readonly channel: string
  /** What its text says as JSON. */
  readonly body: unknown
  /** The id of a stream's entry. */
  readonly id: string | undefined
}

/** What the ledger has to know of a message. */
export interface MessageFacts {
  /** What its sequence counts in; the channel unless given. */
  readonly key?: string
  readonly sequence: number
  /** When it was sent, in milliseconds since 1970 by the clock of this machine. */
  readonly sentAtMs?: number
  /** The channel it belongs on; on another one it has leaked. */
  readonly belongsTo?: string
}

export interface IntakeOptions {
  /**
   * Reads what the ledger has to know. A message for which it gives nothing is counted as ignored,
   * one at which it throws as unread.
   */
  readonly read: (message: Incoming) => MessageFacts | undefined
  /** What the name of every channel has to match. */
  readonly names?: RegExp
  readonly departure?: Departure | undefined
}

/** What became of the messages of a receiver, and what they were like. */
export interface HeardAccount extends Account {
  /** No JSON, or something of which `read` could not make anything. */
  readonly unread: Findings<Unread>
  /** Bodies that depart from their shape; looked at only when one was given. */
  readonly misshapen: Findings<Misshapen>
  /** Messages on channels whose name does not match; looked at only when a pattern was given. */
  readonly misnamed: Findings<{ readonly channel: string }>
  readonly ignored: number
  /** Of all texts. */
  readonly bytes: number
}

export interface Unread {
  readonly channel: string
  readonly problem: string
  readonly text: string
}

export interface Misshapen {
  readonly channel: string
  readonly departure: string
  readonly body: unknown
}

/** Where messages come in. */
export interface Intake {
  take(channel: string, text: string, id?: string): void
  account(doubts: readonly Doubt[]): HeardAccount
}

const textShown = 300

/** Opens the way of messages into a ledger. */
export function openIntake(ledger: Ledger, { read, names, departure }: IntakeOptions): Intake {
  const unread = openFindings<Unread>()
  const misshapen = openFindings<Misshapen>()
  const misnamed = openFindings<{ channel: string }>()
  let ignored = 0
  let bytes = 0
  const judge = (channel: string, body: unknown): void => {
    if (names) {
      misnamed.look()
      if (!names.test(channel)) misnamed.find(() => ({ channel }))
    }
    if (departure) {
      misshapen.look()
      const departs = departure(body, channel)
      if (departs !== undefined) misshapen.find(() => ({ channel, departure: departs, body }))
    }
  }
  return {
    take: (channel, text, id) => {
      const receivedAtMs = wallMs()
      bytes += Buffer.byteLength(text)
      unread.look()
      try {
        const body: unknown = JSON.parse(text)
        judge(channel, body)
        const facts = read({ channel, body, id })
        if (facts) ledger.hear({ key: channel, ...facts, receivedAtMs, place: channel })
        else ignored += 1
      } catch (error) {
        const problem = messageOf(error)
        unread.find(() => ({ channel, problem, text: text.slice(0, textShown) }))
      }
    },
    account: (doubts) => ({
      ...ledger.account(doubts),
      unread: unread.findings(),
      misshapen: misshapen.findings(),
      misnamed: misnamed.findings(),
      ignored,
      bytes,
    }),
  }
}
