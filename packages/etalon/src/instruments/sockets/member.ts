import type { Agent } from 'undici'
import { wallMs } from '../../kernel/clock.ts'
import { openLedger, type Ledger } from '../../kernel/ledger/index.ts'
import type { Random } from '../../kernel/random.ts'
import type { Attempt, CrowdPlan } from './crowd-message.ts'
import { pauseMs } from './pause.ts'
import type { ReadMessage } from './reading.ts'
import { openWireClient, type WireClient } from './wire-client.ts'

/** What all members of a crowd share. */
export interface MemberSurroundings {
  readonly plan: CrowdPlan
  readonly agent: Agent
  readonly read: (text: string) => ReadMessage | undefined
  readonly random: Random
  readonly tried: (attempt: Attempt, connectMs: number) => void
  /** @param latencyMs NaN where it says nothing about delivery */
  readonly heard: (receipt: MemberReceipt) => void
  readonly heardOther: (type: string) => void
}

/** A message that is counted, as a member heard it for the first time. */
export interface MemberReceipt {
  readonly client: number
  readonly key: string
  readonly sequence: number
  readonly text: string
  readonly receivedAtMs: number
  readonly latencyMs: number
}

/** One client of a crowd, with a ledger of its own. */
export class Member {
  readonly ledger: Ledger
  readonly #number: number
  readonly #around: MemberSurroundings
  #client: WireClient | undefined
  #isConnected = false
  #sinceMs: number
  /** After which sequence it goes on when it comes back. */
  #position: number | undefined
  #attempt = 0
  #tries = 0

  constructor(number: number, around: MemberSurroundings) {
    this.#number = number
    this.#around = around
    this.#sinceMs = wallMs()
    const { lateAfterMs } = around.plan
    this.ledger = openLedger({ openedAtMs: this.#sinceMs, lateAfterMs })
  }

  get isConnected(): boolean {
    return this.#isConnected
  }

  /**
   * Begins to connect; comes back by itself where the plan says how.
   *
   * @param dueAtMs when it should have begun, were this process never late
   */
  connect(dueAtMs: number = wallMs()): void {
    const { plan, agent } = this.#around
    const beganAtMs = wallMs()
    const number = (this.#attempt += 1)
    const attempt = { client: this.#number, number, atMs: dueAtMs }
    const dealt = this.#number + this.#tries
    this.#tries += 1
    let hasOpened = false
    this.#client = openWireClient({
      url: this.#urlFrom(plan.urls[dealt % plan.urls.length] as string),
      headers: plan.headers[this.#number % plan.headers.length] ?? {},
      agent,
      onOpen: () => {
        hasOpened = true
        this.#opened()
        this.#around.tried({ ...attempt, hasSucceeded: true }, this.#sinceMs - beganAtMs)
      },
      onText: (text) => this.#hear(text),
      onEnd: () => {
        if (hasOpened) this.#lost()
        else this.#around.tried({ ...attempt, hasSucceeded: false }, Number.NaN)
        this.#comeBack()
      },
    })
  }

  say(text: string): void {
    if (this.#isConnected) this.#client?.say(text)
  }

  stopReading(): void {
    this.#client?.stopReading()
  }

  read(): void {
    this.#client?.read()
  }

  cut(): void {
    this.#client?.cut()
  }

  #urlFrom(url: string): string {
    const { resumeParameter } = this.#around.plan
    if (resumeParameter === undefined || this.#position === undefined) return url
    const resuming = new URL(url)
    resuming.searchParams.set(resumeParameter, String(this.#position))
    return resuming.href
  }

  #opened(): void {
    this.#isConnected = true
    this.#attempt = 0
    this.#sinceMs = wallMs()
    this.ledger.connectionRegained(this.#sinceMs)
  }

  #lost(): void {
    this.#isConnected = false
    this.ledger.connectionLost(wallMs())
  }

  #comeBack(): void {
    const { plan, random } = this.#around
    if (plan.reconnection === undefined) return
    const pause = pauseMs(plan.reconnection, this.#attempt + 1, random.fraction())
    const dueAtMs = wallMs() + pause
    setTimeout(() => this.connect(dueAtMs), pause)
  }

  #hear(text: string): void {
    const receivedAtMs = wallMs()
    const message = this.#around.read(text)
    if (message?.sequence === undefined) {
      this.#position ??= message?.position
      return this.#around.heardOther(message?.type ?? 'no JSON')
    }
    const { key, sequence, sentAtMs } = message
    this.#position = Math.max(this.#position ?? 0, sequence)
    const { delivered } = this.ledger
    this.ledger.hear({ key, sequence, sentAtMs, receivedAtMs })
    if (this.ledger.delivered === delivered) return
    const isMeasured = sentAtMs !== undefined && sentAtMs >= this.#sinceMs
    const latencyMs = isMeasured ? receivedAtMs - sentAtMs : Number.NaN
    this.#around.heard({ client: this.#number, key, sequence, text, receivedAtMs, latencyMs })
  }
}
