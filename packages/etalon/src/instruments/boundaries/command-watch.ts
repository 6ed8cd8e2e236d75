import { createClient } from '@redis/client'
import { until } from '../../kernel/clock.ts'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { tallied, type CommandTally } from './command.ts'
import type { BoundaryGround } from './ground.ts'
import { accessLog, refusedSince, type Refusal } from './refusal.ts'

/** What has been done on a Redis while it was watched. */
export interface WatchedCommands {
  readonly tallies: readonly CommandTally[]
  /** What users tried and were refused, which is not among the commands. */
  readonly refused: readonly Refusal[]
  /** Why this is not all. */
  readonly gap?: string
}

type Ground = NonNullable<BoundaryGround['redis']>
type Redis = ReturnType<typeof createClient>

const fencePrefix = 'etalon-fence-'

/**
 * Watches every command that a Redis runs (MONITOR). MONITOR tells from which connection a command
 * came and not of which user; that is asked at the first command of each connection, and stays open
 * for one that is closed before it is answered.
 */
export class CommandWatch {
  readonly #admin: Redis
  readonly #monitor: Redis
  readonly #nameOf: ReadonlyMap<string, string>
  readonly #users = new Map<string, string>()
  readonly #tallies = new Map<string, CommandTally>()
  #subCommands: ReadonlySet<string> = new Set()
  #refusedBefore: readonly Refusal[] = []
  #asking: Promise<void> | undefined
  #fence: string | undefined
  #gap: string | undefined

  constructor({ url, users }: Ground) {
    const socket = { reconnectStrategy: false } as const
    this.#admin = createClient({ url, socket }) as Redis
    this.#monitor = createClient({ url, socket }) as Redis
    this.#nameOf = new Map(Object.entries(users).map(([name, onServer]) => [onServer, name]))
    for (const client of [this.#admin, this.#monitor]) {
      client.on('error', () => {
        this.#gap ??= 'the connection by which the commands were watched broke'
      })
    }
  }

  /** @throws ETALON_BOUNDARIES_UNAVAILABLE */
  async begin(): Promise<void> {
    try {
      await Promise.all([this.#admin.connect(), this.#monitor.connect()])
      const all = await this.#admin.sendCommand<readonly string[]>(['COMMAND', 'LIST'])
      this.#subCommands = new Set(all.filter((name) => name.includes('|')))
      this.#refusedBefore = await accessLog(this.#admin)
      await this.#askUsers()
      await this.#monitor.monitor((line) => this.#take(line))
    } catch (error) {
      this.close()
      const facts = { what: 'commands of Redis users', problem: messageOf(error) }
      throw new EtalonError('ETALON_BOUNDARIES_UNAVAILABLE', facts, { cause: error })
    }
  }

  /** Waits until all that was done before has been told, and gives it. */
  async end(): Promise<WatchedCommands> {
    let refused: readonly Refusal[] = []
    try {
      await this.#meetFence()
      await this.#asking
      // Who came while others were asked about.
      await this.#askUsers()
      refused = refusedSince(this.#refusedBefore, await accessLog(this.#admin))
    } catch (error) {
      this.#gap ??= messageOf(error)
    }
    this.close()
    const named = (user: string): string => this.#nameOf.get(user) ?? user
    const tallies = [...this.#tallies.values()].map((tally) => {
      const user = tally.address === 'lua' ? 'lua' : this.#users.get(tally.address)
      return { ...tally, user: user === undefined ? undefined : named(user) }
    })
    return {
      tallies,
      refused: refused.map((one) => ({ ...one, user: named(one.user) })),
      ...(this.#gap === undefined ? {} : { gap: this.#gap }),
    }
  }

  close(): void {
    for (const client of [this.#admin, this.#monitor]) if (client.isOpen) client.destroy()
  }

  async #meetFence(): Promise<void> {
    const fence = `${fencePrefix}${process.hrtime.bigint()}`
    await this.#admin.sendCommand(['ECHO', fence])
    const met = await until(() => (this.#fence === fence ? true : undefined), { timeoutMs: 5_000 })
    if (!met) this.#gap ??= 'Redis did not tell its last commands within 5 s'
  }

  #take(line: string): void {
    const { address, words } = toldBy(line)
    const [first = '', second = ''] = words
    if (second.startsWith(fencePrefix)) {
      this.#fence = second
      return
    }
    const whole = `${first}|${second}`.toLowerCase()
    const hasSub = this.#subCommands.has(whole)
    const command = hasSub ? whole : first.toLowerCase()
    const on = hasSub ? words[2] : words[1]
    const key = `${address}\n${command}`
    this.#tallies.set(key, tallied(this.#tallies.get(key), { address, command, on }))
    if (address !== 'lua' && !this.#users.has(address)) this.#asking ??= this.#askUsers()
  }

  async #askUsers(): Promise<void> {
    try {
      const list = await this.#admin.sendCommand<string>(['CLIENT', 'LIST'])
      for (const line of list.split('\n')) {
        const address = / addr=(\S+)/.exec(line)?.[1]
        const user = / user=(\S+)/.exec(line)?.[1]
        if (address !== undefined && user !== undefined) this.#users.set(address, user)
      }
    } catch (error) {
      this.#gap ??= messageOf(error)
    } finally {
      this.#asking = undefined
    }
  }
}

/** `1700000000.123456 [0 127.0.0.1:5000] "XADD" "stream" …`; what a script does comes from `lua`. */
function toldBy(line: string): { readonly address: string; readonly words: readonly string[] } {
  const [, address = '', rest = ''] = /^\S+ \[\d+ (\S+)\] (.*)$/s.exec(line) ?? []
  const words = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, word = '']) => word)
  return { address, words }
}
