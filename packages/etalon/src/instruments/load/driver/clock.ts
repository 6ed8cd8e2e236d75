// Imported, because the global of this name is looked up at each use.
import { performance } from 'node:perf_hooks'

// Threads have zeros of their own for `performance.now`; the system's monotonic clock is one.
const zeroUs = Number(process.hrtime.bigint() / 1_000n) - performance.now() * 1_000

/** Microseconds, with fractions, on the clock that all threads of this machine share. */
export function nowUs(): number {
  return performance.now() * 1_000 + zeroUs
}
