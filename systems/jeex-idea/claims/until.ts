import { setTimeout as delay } from 'node:timers/promises'

/** Looks again and again until `look` is true; false when it was not within the time. */
export async function until(
  look: () => Promise<boolean> | boolean,
  timeoutMs: number,
  everyMs = 10,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs
  while (!(await look())) {
    if (performance.now() > deadlineMs) return false
    await delay(everyMs)
  }
  return true
}
