import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds on a clock that never goes back; its zero is the start of this process. */
export function monotonicMs(): number {
  return performance.now()
}

/**
 * Milliseconds since 1970 on the machine's clock, as others on it read it, finer than `Date.now()`:
 * where the two differ, because the machine's clock was set, it is right to a millisecond.
 */
export function wallMs(): number {
  const coarseMs = Date.now()
  const fineMs = performance.timeOrigin + performance.now()
  return Math.min(Math.max(fineMs, coarseMs), coarseMs + 1)
}

/** What every look has for its answer: one that begins as the time runs out is a look too. */
const answerMsMin = 1_000

/** Options of {@link until}. */
export interface UntilOptions {
  /** Give up after this long. */
  readonly timeoutMs: number
  /** Pause between two looks; the first look is at once. */
  readonly everyMs?: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Waits until `look` gives something other than `undefined`, and gives that back.
 * Gives `undefined` when the time is up; errors thrown by `look` pass through. A look that does not
 * come back is left to itself when the time is up, or after 1 s where less than that was left.
 */
export async function until<Found>(
  look: () => Promise<Found | undefined> | Found | undefined,
  options: UntilOptions,
): Promise<Found | undefined> {
  const deadlineMs = monotonicMs() + options.timeoutMs
  for (;;) {
    options.signal?.throwIfAborted()
    const leftMs = Math.max(deadlineMs - monotonicMs(), answerMsMin)
    const found = await answerOf(look(), leftMs, options.signal)
    if (found !== undefined) return found
    if (monotonicMs() >= deadlineMs) return undefined
    await delay(options.everyMs ?? 5, undefined, { signal: options.signal })
  }
}

/** The answer of a look, or `undefined` when it does not come in time. */
async function answerOf<Found>(
  answer: Promise<Found | undefined> | Found | undefined,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Found | undefined> {
  if (!(answer instanceof Promise)) return answer
  const { promise: nothing, resolve } = Promise.withResolvers<undefined>()
  const giveUp = (): void => resolve(undefined)
  // A timer counts whole milliseconds, and may be one early on the clock of the deadline.
  const timer = setTimeout(giveUp, Math.ceil(timeoutMs) + 1)
  signal?.addEventListener('abort', giveUp)
  try {
    return await Promise.race([answer, nothing])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}

/** Whether `look` became true in time; it is asked again and again until then. */
export async function eventually(
  look: () => Promise<boolean> | boolean,
  timeoutMs: number,
): Promise<boolean> {
  const found = await until(async () => ((await look()) ? true : undefined), {
    timeoutMs,
    everyMs: 10,
  })
  return found ?? false
}

/** Rejects with the error of `onTimeout` when `work` takes longer than `timeoutMs`. */
export async function within<Result>(
  work: Promise<Result>,
  timeoutMs: number,
  onTimeout: () => Error,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(onTimeout()), timeoutMs)
  })
  try {
    return await Promise.race([work, expiry])
  } finally {
    clearTimeout(timer)
  }
}
