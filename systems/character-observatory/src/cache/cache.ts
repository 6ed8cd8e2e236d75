import { randomUUID } from 'node:crypto'
import type { App, RedisClient } from 'service-kit'
import { Counter, Gauge } from 'service-kit/serving'
import { readKept, writeKept } from './kept.ts'

/** What is kept, and for how long (CHAR-CACHE-01). */
export const lifetimeS = {
  character: 5 * 60,
  relationships: 2 * 60,
  ecosystem: 10 * 60,
  session: 30 * 60,
} as const

export type CacheKind = keyof typeof lifetimeS

/** Something that is read often, and changes as a whole. */
export interface Thing {
  readonly kind: CacheKind
  readonly id: string
}

/** What is asked of a thing. */
export interface Question<Value> extends Thing {
  /** Which answer, where a thing has several: for whom, or which page. */
  readonly part?: string
  /** Grows with every change of the thing; an answer is never replaced by one of a lower version. */
  readonly versionOf?: (value: Value) => number
}

/** Options of {@link Cache}. */
export interface CacheOptions {
  readonly redis: RedisClient
  readonly isOn: boolean
}

/** A Redis that takes longer is not waited for: then the database is asked. */
const readPatienceMs = 250

/** Longer, because what another process reads until then may be older than the change. */
const changePatienceMs = 2_000

/**
 * Longer than the pause between two attempts to connect: where a Redis is back for the others, who
 * has changed something hears of it before he answers.
 */
const connectPatienceMs = 500

/** Keys that Redis looks at before it serves others again. */
const scannedAtOnce = 1_000

/** A generation that is forgotten begins anew under another name, and nothing kept before counts. */
const generationLifetimeS = 86_400

/**
 * Keeps an answer unless its generation is over, or what is kept is newer: two that were read side
 * by side may come in the wrong order.
 */
const keepScript = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  local kept = redis.call('GET', KEYS[2])
  if kept then
    local generation, version = string.match(kept, '^([^|]*)|(%d+)|')
    if generation == ARGV[1] and tonumber(version) > tonumber(ARGV[2]) then return 0 end
  end
  redis.call('SET', KEYS[2], ARGV[1] .. '|' .. ARGV[2] .. '|' .. ARGV[3], 'EX', ARGV[4])
  return 1`

/**
 * Answers of the database that are kept in Redis. Each thing has a generation, which every write
 * ends after its commit and before its caller is answered; an answer counts only in the generation
 * in which its reading began. So an answer that was read before a write and comes to be kept after
 * it is never given, and nobody reads something older than his own write.
 *
 * Without Redis everything is read from the database.
 */
export class Cache {
  readonly #redis: RedisClient
  readonly #isOn: boolean
  /** Things whose generation could not be ended; read from the database until it could. */
  readonly #unsure = new Set<string>()
  /** Changes that wait for the connection. */
  readonly #waiting = new Set<() => void>()
  readonly #reads: Counter<'kind' | 'from'>

  constructor(app: App, { redis, isOn }: CacheOptions) {
    this.#redis = redis
    this.#isOn = isOn
    const registers = [app.metrics]
    this.#reads = new Counter({
      name: 'observatory_cache_reads_total',
      help: 'Reads by what they ask for, and whether Redis or the database answered',
      labelNames: ['kind', 'from'],
      registers,
    })
    const unsure: Gauge = new Gauge({
      name: 'observatory_cache_unsure_things',
      help: 'Things that have changed and could not be taken out of Redis',
      registers,
      collect: () => unsure.set(this.#unsure.size),
    })
    redis.on('ready', () => {
      for (const goOn of this.#waiting) goOn()
      void this.changed()
    })
  }

  /** What is kept of a thing, or else what `load` reads; only what was found is kept. */
  async read<Value>(
    question: Question<Value>,
    load: () => Promise<Value | undefined>,
  ): Promise<Value | undefined> {
    const { kind } = question
    const { generation, value } = await this.#find(question)
    if (value !== undefined) {
      this.#reads.inc({ kind, from: 'cache' })
      return value as Value
    }
    this.#reads.inc({ kind, from: 'database' })
    const loaded = await load()
    if (generation !== undefined && loaded !== undefined) {
      await this.#keep(question, generation, loaded)
    }
    return loaded
  }

  /**
   * Called after the commit of what changed these things, before its caller is answered.
   *
   * @returns false when Redis could not be told; it is told before the next read of them here
   */
  async changed(...things: readonly Thing[]): Promise<boolean> {
    // With those that could not be told before.
    const keys = [...new Set([...things.map(generationKey), ...this.#unsure])]
    if (!this.#isOn || keys.length === 0) return true
    for (const key of keys) this.#unsure.add(key)
    try {
      if (!this.#redis.isReady) await this.#connection()
      await inTime(this.#redis.del(keys), changePatienceMs)
      for (const key of keys) this.#unsure.delete(key)
      return true
    } catch {
      // Another change of the same thing may have counted it as told meanwhile.
      for (const key of keys) this.#unsure.add(key)
      return false
    }
  }

  /**
   * Called when things of a kind may have changed of which nobody was told.
   *
   * @returns false when Redis could not be told; what is kept of them counts until it could
   */
  async anyChanged(kind: CacheKind): Promise<boolean> {
    if (!this.#isOn) return true
    if (!this.#redis.isReady) return false
    const match = { MATCH: generationKey({ kind, id: '*' }), COUNT: scannedAtOnce }
    try {
      let cursor = '0'
      do {
        const page = await inTime(this.#redis.scan(cursor, match), changePatienceMs)
        if (page.keys.length > 0) await inTime(this.#redis.del(page.keys), changePatienceMs)
        cursor = page.cursor
      } while (cursor !== '0')
      return true
    } catch {
      return false
    }
  }

  /** Waits for the connection to Redis, not for long. */
  #connection(): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(goOn)
        resolve()
      }
      const timer = setTimeout(goOn, connectPatienceMs)
      this.#waiting.add(goOn)
    })
  }

  async #find(
    question: Thing,
  ): Promise<{ readonly generation?: string | undefined; readonly value?: unknown }> {
    if (!this.#isOn || !this.#redis.isReady) return {}
    const key = generationKey(question)
    if (this.#unsure.has(key) && !(await this.changed(question))) return {}
    try {
      const [generation, text] = await inTime(this.#redis.mGet([key, valueKey(question)]))
      if (typeof generation !== 'string') return { generation: await this.#begin(key) }
      const kept = typeof text === 'string' ? readKept(text) : undefined
      return kept?.generation === generation ? kept : { generation }
    } catch {
      return {}
    }
  }

  /** A generation that did not exist; none when somebody else was quicker. */
  async #begin(key: string): Promise<string | undefined> {
    const generation = randomUUID()
    const options = {
      condition: 'NX',
      expiration: { type: 'EX', value: generationLifetimeS },
    } as const
    const isOurs = await inTime(this.#redis.set(key, generation, options))
    return isOurs === 'OK' ? generation : undefined
  }

  async #keep<Value>(question: Question<Value>, generation: string, value: Value): Promise<void> {
    const version = question.versionOf?.(value) ?? 0
    const keeping = this.#redis.eval(keepScript, {
      keys: [generationKey(question), valueKey(question)],
      arguments: [generation, String(version), writeKept(value), String(lifetimeS[question.kind])],
    })
    // What is not kept is read again.
    await inTime(keeping).catch(() => undefined)
  }
}

const valueKey = ({ kind, id, part }: Thing & { readonly part?: string }): string =>
  part === undefined ? `observatory:${kind}:${id}` : `observatory:${kind}:${id}:${part}`

const generationKey = ({ kind, id }: Thing): string => `observatory:generation:${kind}:${id}`

/** @throws Error when Redis does not answer in time; what was asked may be done all the same. */
async function inTime<Answer>(
  answer: Promise<Answer>,
  patienceMs = readPatienceMs,
): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('Redis takes too long')), patienceMs)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
