import type { FastifyBaseLogger } from 'fastify'

const graceMs = 10_000

/**
 * On SIGTERM or SIGINT closes what `close` closes and ends the process with 0. A second signal, or
 * ten seconds without an end, ends it at once with 1.
 */
export function closeOnSignal(close: () => Promise<void>, log: FastifyBaseLogger): void {
  let closing = false
  const stop = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(1)
    closing = true
    log.info({ signal }, 'closing')
    setTimeout(() => process.exit(1), graceMs).unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
