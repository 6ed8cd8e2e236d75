import { Client } from 'undici'
import { random, type Random } from '../../../kernel/random.ts'
import { nowUs } from '../driver/clock.ts'
import { reconnectPauseUs, type Lane, type StartEnded } from '../driver/lane.ts'
import type { PlannedWork } from '../plan.ts'
import { outcome, type OutcomeCode } from '../recording/book.ts'
import type { Recorder } from '../recording/recorder.ts'
import { Backlog } from '../schedule/backlog.ts'
import { loadScenario, type Scenario } from './scenario.ts'
import { scenarioUser, StepFailure } from './scenario-user.ts'

export interface FullLaneOptions {
  readonly host: string
  readonly port: number
  readonly work: PlannedWork & { readonly lane: 'full' }
  readonly connections: number
  readonly timeoutMs: number
  readonly recorder: Recorder
  readonly onEnded: StartEnded
  /** How many users there are; undefined when every start is somebody else. */
  readonly actors: number | undefined
  readonly series: readonly string[]
  readonly seed: string
}

/** What a user takes along from one run to the next. */
interface Luggage {
  readonly memory: Map<string, unknown>
  readonly headers: Record<string, string>
  readonly random: Random
}

/** Opens the lane of scenarios in the calling thread. */
export async function openFullLane(options: FullLaneOptions): Promise<Lane> {
  return new FullLane(options, await loadScenario(options.work.module))
}

/** Scenarios over undici, one connection for each that is under way. */
class FullLane implements Lane {
  readonly #options: FullLaneOptions
  readonly #scenario: Scenario
  readonly #places: ReadonlyMap<string, number>
  readonly #luggage = new Map<number, Luggage>()
  readonly #free: Client[] = []
  /** When what is under way was begun. */
  readonly #begunUs = new Map<Client, number>()
  readonly #backlog = new Backlog()
  #open = 0

  constructor(options: FullLaneOptions, scenario: Scenario) {
    this.#options = options
    this.#scenario = scenario
    this.#places = new Map(options.series.map((name, place) => [name, place]))
  }

  get idle(): boolean {
    return this.#begunUs.size === 0 && this.#backlog.size === 0
  }

  begin(ticket: number, dueUs: number, nowUs: number): void {
    const client = this.#backlog.size === 0 ? this.#take() : undefined
    if (client) {
      this.#options.recorder.sent(dueUs, nowUs - dueUs)
      void this.#run(client, ticket, dueUs, nowUs)
    } else {
      this.#options.recorder.waiting(1)
      this.#backlog.push(dueUs, ticket, nowUs)
    }
  }

  sweep(nowUs: number): void {
    const timeoutUs = this.#options.timeoutMs * 1_000
    for (const [client, begunUs] of this.#begunUs) {
      if (nowUs - begunUs >= timeoutUs && !client.destroyed) void client.destroy()
    }
    while (nowUs - this.#backlog.firstDueUs >= timeoutUs) {
      const { firstDueUs: dueUs, firstLatenessUs: latenessUs } = this.#backlog
      const ticket = this.#backlog.shift()
      this.#options.recorder.waiting(-1)
      this.#options.recorder.notStarted(0, dueUs, latenessUs)
      this.#options.onEnded(ticket, nowUs, nowUs)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.map((client) => client.destroy()))
  }

  async #run(client: Client, ticket: number, dueUs: number, sentUs: number): Promise<void> {
    const { recorder, work, timeoutMs, actors } = this.#options
    const number = actors === undefined ? ticket : ticket % actors
    const luggage = this.#luggageOf(number)
    const user = scenarioUser({
      ...luggage,
      number,
      data: work.data,
      client,
      recorder,
      places: this.#places,
      timeoutMs,
    })
    let code: OutcomeCode = outcome.ok
    this.#begunUs.set(client, sentUs)
    try {
      await this.#scenario.run(user)
    } catch (error) {
      code = error instanceof StepFailure ? error.outcome : outcome.check
    }
    const endedUs = nowUs()
    this.#begunUs.delete(client)
    if (client.destroyed) {
      code = outcome.timeout
      this.#open -= 1
    } else this.#free.push(client)
    recorder.ended({ series: 0, dueUs, sentUs, code, status: 0, bytes: 0 }, endedUs)
    this.#serveBacklog(endedUs)
    const pauseUs = code === outcome.connection ? reconnectPauseUs : 0
    this.#options.onEnded(ticket, endedUs, endedUs + pauseUs)
  }

  #serveBacklog(nowUs: number): void {
    const client = this.#backlog.size > 0 ? this.#take() : undefined
    if (!client) return
    const { firstDueUs: dueUs, firstLatenessUs: latenessUs } = this.#backlog
    const ticket = this.#backlog.shift()
    this.#options.recorder.waiting(-1)
    this.#options.recorder.sent(dueUs, latenessUs)
    void this.#run(client, ticket, dueUs, nowUs)
  }

  #take(): Client | undefined {
    const free = this.#free.pop()
    if (free || this.#open >= this.#options.connections) return free
    this.#open += 1
    const { host, port, timeoutMs } = this.#options
    const authority = host.includes(':') ? `[${host}]` : host
    return new Client(`http://${authority}:${port}`, { connectTimeout: timeoutMs })
  }

  #luggageOf(number: number): Luggage {
    const known = this.#luggage.get(number)
    if (known) return known
    const { seed, actors } = this.#options
    const draws = random(`${seed}/scenario/${number}`)
    const fresh = { memory: new Map<string, unknown>(), headers: {}, random: draws }
    if (actors !== undefined) this.#luggage.set(number, fresh)
    return fresh
  }
}
