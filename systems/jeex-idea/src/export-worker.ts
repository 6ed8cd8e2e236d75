import { every } from 'service-kit'
import { makeWaitingExports } from './operation/export.ts'
import type { Service } from './service.ts'

/** Makes exports in the background. */
export interface ExportWorker {
  /** Looks at once whether something waits, instead of at the next round. */
  wake(): void
  /** Finishes what is under way. */
  stop(): Promise<void>
}

/** Looks again and again, so that what another process left is made too. */
export function startExportWorker(service: Service): ExportWorker {
  let underWay: Promise<void> | undefined
  let isAskedAgain = false

  async function work(): Promise<void> {
    do {
      isAskedAgain = false
      while ((await makeWaitingExports(service)) > 0);
    } while (isAskedAgain)
  }

  function look(): Promise<void> {
    isAskedAgain = underWay !== undefined
    underWay ??= work().finally(() => {
      underWay = undefined
    })
    return underWay
  }

  const told = (error: unknown): void => {
    service.log.error({ err: error }, 'exports could not be looked for')
  }
  const looking = every(service.env.EXPORT_INTERVAL_MS, look, told)
  return {
    wake: () => void look().catch(told),
    async stop() {
      await looking.stop()
      await underWay?.catch(told)
    },
  }
}
