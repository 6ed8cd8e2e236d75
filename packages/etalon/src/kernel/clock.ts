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
 * Gives `undefined` when the time is up; errors thrown by `look` pass through.
 */
export async function until<Found>(
  look: () => Promise<Found | undefined> | Found | undefined,
  options: UntilOptions,
): Promise<Found | undefined> {
  const deadlineMs = monotonicMs() + options.timeoutMs
  for (;;) {
    options.signal?.throwIfAborted()
    const found = await look()
    if (found !== undefined) return found
    if (monotonicMs() >= deadlineMs) return undefined
    await delay(options.everyMs ?? 5, undefined, { signal: options.signal })
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
