import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestError } from './errors.ts'
import type { RedisClient } from './redis.ts'

/** How many requests one caller may send in a window. */
export interface RateLimit {
  readonly max: number
  readonly windowMs: number
}

/** Options of {@link limitRates}. */
export interface RateLimitOptions extends RateLimit {
  /** Prefix of the keys in Redis. */
  readonly name: string
  /** Where the counts are kept, so that several processes share them; else each keeps its own. */
  readonly redis?: RedisClient | undefined
}

/** A Redis that takes longer is not waited for. */
const redisTimeoutMs = 250

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void

/** Limits every route, counted by user where one is signed in, else by address. */
export async function limitRates(app: FastifyInstance, options: RateLimitOptions): Promise<void> {
  const { redis } = options
  await app.register(rateLimit, {
    max: options.max,
    timeWindow: options.windowMs,
    hook: 'onRequest',
    keyGenerator: callerOf,
    errorResponseBuilder: () => requestError('RATE_LIMITED'),
    ...(redis === undefined ? {} : { store: sharedStore(redis, `${options.name}:rate`) }),
  })
}

/**
 * A `preHandler` that limits guesses at passwords in one window: by account, and ten times as many
 * by address, so that neither one account nor one address can be used to try many.
 */
export function limitGuesses(
  app: FastifyInstance,
  limit: RateLimit,
  accountOf: (request: FastifyRequest) => string,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const { max, windowMs: timeWindow } = limit
  const limits = [
    { max, timeWindow, keyGenerator: (of: FastifyRequest) => `guess:${accountOf(of)}` },
    { max: max * 10, timeWindow, keyGenerator: (of: FastifyRequest) => `guess:ip:${of.ip}` },
  ].map((options) => app.createRateLimit(options))
  return async (request, reply) => {
    for (const count of limits) {
      const seen = await count(request)
      if (!seen.isAllowed && seen.isExceeded) {
        reply.header('retry-after', seen.ttlInSeconds)
        throw requestError('RATE_LIMITED')
      }
    }
  }
}

function callerOf(request: FastifyRequest): string {
  return request.identity === undefined ? `ip:${request.ip}` : `user:${request.identity.subject}`
}

/**
 * A store that counts in Redis. While Redis does not answer, each process counts for itself: an
 * outage neither stops the service nor lifts its limits.
 */
function sharedStore(redis: RedisClient, prefix: string): new () => SharedStore {
  return class extends SharedStore {
    constructor() {
      super(redis, prefix)
    }
  }
}

class SharedStore {
  readonly #redis: RedisClient
  readonly #prefix: string
  readonly #own = new Map<string, { current: number; endsAtMs: number }>()

  constructor(redis: RedisClient, prefix: string) {
    this.#redis = redis
    this.#prefix = prefix
  }

  incr(key: string, counted: Counted, windowMs: number): void {
    let isOpen = true
    const answer = (count: { current: number; ttl: number }): void => {
      if (!isOpen) return
      isOpen = false
      clearTimeout(timer)
      counted(null, count)
    }
    const timer = setTimeout(() => answer(this.#countHere(key, windowMs)), redisTimeoutMs)
    this.#redis.countInWindow(`${this.#prefix}:${key}`, windowMs).then(
      ([current = 0, ttl = 0]) => answer({ current, ttl }),
      () => answer(this.#countHere(key, windowMs)),
    )
  }

  /** Routes with a limit of their own have keys of their own, so one store serves all. */
  child(): this {
    return this
  }

  #countHere(key: string, windowMs: number): { current: number; ttl: number } {
    const nowMs = performance.now()
    const running = this.#own.get(key)
    if (running && running.endsAtMs > nowMs) {
      running.current += 1
      return { current: running.current, ttl: running.endsAtMs - nowMs }
    }
    // Windows that ended are dropped together, when there are many, rather than by a timer.
    if (this.#own.size > 10_000) this.#own.clear()
    this.#own.set(key, { current: 1, endsAtMs: nowMs + windowMs })
    return { current: 1, ttl: windowMs }
  }
}
