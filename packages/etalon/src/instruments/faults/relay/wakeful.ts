import { monotonicMs } from '../../../kernel/clock.ts'

/** How long after bytes have come the loop does not sleep. */
const awakeMs = 0.1

let untilMs = 0
let isAwake = false

/**
 * Keeps this process from sleeping for a moment, since an answer to what has just passed is likely
 * to come soon: waking a processor of a virtual machine takes as long as all else a link does. It is
 * what the kernel calls busy polling, of which it has none for loopback.
 */
export function stayAwake(): void {
  untilMs = monotonicMs() + awakeMs
  if (isAwake) return
  isAwake = true
  setImmediate(askAgain)
}

function askAgain(): void {
  isAwake = monotonicMs() < untilMs
  if (isAwake) setImmediate(askAgain)
}
